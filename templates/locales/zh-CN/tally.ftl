# 表决进展的一句话。
tally-passed = 参加 { $there }/{ $members }，已达法定人数（{ $quorum }）；同意 { $yes }，达到通过所需的 { $needed } 票，反对 { $no }，弃权 { $abstain }：通过。
tally-not-quorate = 参加 { $there }/{ $members }，法定人数为 { $quorum }，还差 { $more_present } 人；同意 { $yes }，反对 { $no }，弃权 { $abstain }。
tally-running = 参加 { $there }/{ $members }，已达法定人数（{ $quorum }）；同意 { $yes }，还需 { $more_yes } 票，反对 { $no }，弃权 { $abstain }。
tally-cannot-pass = 参加 { $there }/{ $members }，已达法定人数（{ $quorum }）；同意 { $yes }，少于通过所需的 { $needed } 票，反对 { $no }，弃权 { $abstain }：不能通过。
tally-sealed = 参加 { $there }/{ $members }（法定人数 { $quorum }）；无记名表决，票数在截止后公布。

# The one sentence on where a ballot stands.
tally-passed = { $there } of { $members } took part, the quorum of { $quorum } is met; { $yes } in favour reach the { $needed } needed, { $no } against, { $abstain } abstained: passed.
tally-not-quorate = { $there } of { $members } took part, the quorum is { $quorum }, { $more_present } more needed; { $yes } in favour, { $no } against, { $abstain } abstained.
tally-running = { $there } of { $members } took part, the quorum of { $quorum } is met; { $yes } in favour, { $more_yes } more needed, { $no } against, { $abstain } abstained.
tally-cannot-pass = { $there } of { $members } took part, the quorum of { $quorum } is met; { $yes } in favour, fewer than the { $needed } needed, { $no } against, { $abstain } abstained: it cannot pass.
tally-sealed = { $there } of { $members } took part (quorum { $quorum }); the vote is secret, its counts are told after it closes.

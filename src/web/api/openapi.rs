//! The OpenAPI document, made from one table of operations; a test compares the table with the mounted routes.

use quanheng_domain::{
    Keyed,
    ballot::signing::SignaturePart,
    check::CheckKind,
    comment::{Disposition, ImportRowState},
    committee::CommitteeKind,
    comparison::{Difference, StudyConclusion},
    document::DocumentKind,
    lifecycle::{Adoption, Field, Move, Openness, ProjectKind},
    overlap::OverlapOutcome,
    people::{ProjectRole, Role},
    records::{Choice, EvaluationSuggestion, Recommendation, Severity, VoteChannel},
    relation::ImpactAnswer,
    reviewer::ReviewPoint,
    rules::RecipientClass,
    slip::SlipAct,
    specification::{Category, Level},
    survey::{SurveyGroup, UseDegree},
    validity::ValidityState,
};
use rocket::{Route, get, response::content::RawJson, routes};
use serde_json::{Map, Value, json};

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody; a token widens what is seen.
    Public,
    /// Only with a token.
    Token,
}

/// One operation of the API.
pub struct Operation {
    /// HTTP method in lower case.
    pub method: &'static str,
    /// Path below `/api/v1`, parameters in braces.
    pub path: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// Who may.
    pub access: Access,
    /// Query parameters with the name of their schema.
    pub query: &'static [(&'static str, &'static str)],
    /// Schema of the body.
    pub body: Option<&'static str>,
    /// Schema of the answer.
    pub answer: &'static str,
}

macro_rules! operations {
    ($($method:literal $path:literal $access:ident $summary:literal [$($q:literal: $t:literal),*] $body:expr => $answer:literal;)*) => {
        /// Every operation.
        pub const OPERATIONS: &[Operation] = &[$(Operation {
            method: $method, path: $path, summary: $summary, access: Access::$access, query: &[$(($q, $t)),*], body: $body, answer: $answer,
        },)*];
    };
}

operations! {
    "get" "/committees" Public "Committees as a tree" [] None => "List";
    "get" "/committees/{code}" Public "One committee; MTC1-SC1 for a sub-committee" [] None => "Object";
    "get" "/committees/{code}/members" Public "The roll as it stood on a day" ["on": "Day"] None => "List";
    "post" "/committees" Token "Founds a committee; for officers of its authority and administrators" [] Some("NewCommittee") => "Object";
    "patch" "/committees/{code}" Token "Changes a committee: what is left out stays, an empty text takes away" [] Some("CommitteeChange") => "Object";
    "post" "/committees/{code}/members" Token "Appoints somebody by address or name, or a new person with a unit or an address" [] Some("NewMember") => "Object";
    "post" "/committees/{code}/members/{seat}/leave" Token "Ends a seat" [] Some("SeatEnd") => "Object";
    "post" "/committees/{code}/members/{seat}/suspension" Token "Suspends a seat or takes the suspension back" [] Some("SeatSuspension") => "Object";
    "post" "/committees/{code}/terms" Token "Begins a term; seats that are not in `go_on` end with its first day" [] Some("NewTerm") => "Object";
    "get" "/specifications" Public "The catalogue; `on` answers what was in force that day"
        ["q": "Text", "kind": "Category", "level": "Level", "status": "ValidityState", "committee": "Text", "on": "Day", "limit": "Count", "offset": "Count"] None => "List";
    "get" "/specifications/{number}" Public "One edition by any written form of its number" ["on": "Day"] None => "Object";
    "get" "/specifications/{number}/cover" Public "What stands on the cover, and the measurement standards that use the text" [] None => "Object";
    "put" "/specifications/{number}/cover" Token "Enters the cover" [] Some("Cover") => "Object";
    "post" "/specifications/{number}/standards" Token "Enters a measurement standard that uses the text" [] Some("Standard") => "Object";
    "get" "/specifications/{number}/slips" Public "Amendment slips and corrigenda in the order of their force, with their items" [] None => "List";
    "post" "/projects/{project}/slip" Token "Enters an item of an amendment slip or corrigendum" [] Some("SlipItem") => "Object";
    "get" "/announcements" Public "Announcements, the newest first, each with its texts" ["limit": "Count", "offset": "Count"] None => "List";
    "get" "/sources" Public "International documents that texts in force follow; `moved` leaves those with a newer edition or withdrawn" ["moved": "Flag"] None => "List";
    "get" "/recognitions" Public "Agreements of mutual recognition with parties, texts and days" [] None => "List";
    "post" "/recognitions" Token "Proposes an agreement; the party that proposes confirms with that" [] Some("Agreement") => "Object";
    "post" "/recognitions/{agreement}/confirmation" Token "Confirms an agreement for a party" [] Some("AgreementConfirmation") => "Object";
    "post" "/recognitions/{agreement}/end" Token "Ends an agreement from a day on" [] Some("AgreementEnd") => "Object";
    "post" "/overlaps" Token "Reports that a departmental or local text contradicts a national one" [] Some("Contradiction") => "Object";
    "delete" "/comparisons/{study}/lines/{line}" Token "Strikes a line of a study" [] None => "Object";
    "get" "/specifications/{number}/surveys" Token "Surveys of the effect of a text with their sums, for its keepers" [] None => "List";
    "post" "/specifications/{number}/surveys" Token "Opens a survey and asks those who are named, each by a link of its own" [] Some("Survey") => "Object";
    "post" "/surveys/{survey}/invitations" Token "Asks more users and laboratories" [] Some("SurveyInvitations") => "Object";
    "post" "/surveys/{survey}/reminder" Token "Reminds those who were asked and are silent" [] None => "Object";
    "post" "/surveys/{survey}/answers" Public "Answers a survey, by one's own link or where it is open to everybody" [] Some("SurveyAnswer") => "Object";
    "get" "/overlaps" Token "Departmental and local texts that overlap with national ones, and what became of them" [] None => "List";
    "post" "/overlaps/check" Token "Looks for overlaps and opens a case for each new one" [] None => "Object";
    "post" "/overlaps/{case}/decision" Token "Decides a case" [] Some("OverlapDecision") => "Object";
    "get" "/specifications/{number}/comparisons" Public "Studies that compare a text with international documents, clause by clause" [] None => "List";
    "post" "/specifications/{number}/comparisons" Token "Begins a study" [] Some("Study") => "Object";
    "post" "/comparisons/{study}/lines" Token "Enters a line of a study" [] Some("StudyLine") => "Object";
    "post" "/comparisons/{study}/conclusion" Token "Concludes a study" [] Some("StudyEnd") => "Object";
    "get" "/searches" Token "One's own kept searches" [] None => "List";
    "post" "/searches" Token "Keeps a search; a mail tells what it finds from then on" [] Some("KeptSearch") => "Object";
    "delete" "/searches/{search}" Token "Forgets a kept search" [] None => "Object";
    "get" "/search" Public "Editions that a question finds, best first, with the lines of open texts in which it stands"
        ["q": "Text", "on": "Day", "limit": "Count", "offset": "Count"] None => "List";
    "get" "/specifications/{number}/relations" Public "What an edition cites, what cites it, and who was asked before a change" [] None => "Object";
    "post" "/specifications/{number}/citations" Token "Enters a citation" [] Some("Cited") => "Object";
    "post" "/citations/{citation}/decision" Token "Confirms a citation that was found, or says that it is none" [] Some("Decided") => "Object";
    "post" "/specifications/{number}/impact" Token "Asks the committees of all texts that cite an edition, before it changes" [] Some("Wish") => "Object";
    "post" "/impact/{task}/answer" Token "Answers what a change means for a text that cites" [] Some("Impact") => "Object";
    "get" "/committees/{code}/reexamination" Public "The queue of re-examination with its evidence, plans that were missed, results" [] None => "Object";
    "post" "/committees/{code}/reexamination" Token "Puts texts into the plan of a year" [] Some("Planned") => "Object";
    "get" "/projects" Public "Projects; two digits of `stage` name a phase"
        ["stage": "Text", "committee": "Text", "overdue": "Flag", "q": "Text", "limit": "Count", "offset": "Count"] None => "List";
    "post" "/projects" Token "Suggests a project" [] Some("NewProject") => "Object";
    "get" "/projects/{project}" Public "Where a project stands and who acts now" [] None => "Object";
    "get" "/projects/{project}/moves" Public "Every move from here, each condition met or not with its rule" [] None => "List";
    "post" "/projects/{project}/moves" Token "Takes a move" [] Some("Step") => "Object";
    "post" "/projects/{project}/consents" Token "Consent of the chair or a vice-chair" [] Some("Consent") => "Object";
    "post" "/projects/{project}/people" Token "Names a drafter or principal reviewer" [] Some("NamePerson") => "Object";
    "post" "/projects/{project}/units" Token "Names a drafting unit, or takes it out" [] Some("NameUnit") => "Object";
    "get" "/projects/{project}/documents" Public "Documents that the reader may see" [] None => "List";
    "post" "/projects/{project}/documents" Token "Uploads a document (multipart: kind, file)" [] Some("Upload") => "Object";
    "get" "/projects/{project}/documents/{n}" Public "Downloads a document" [] None => "File";
    "get" "/projects/{project}/documents/{n}/clauses" Public "The text of a draft by clause; doubts and margin for those who look after it" [] None => "Object";
    "get" "/projects/{project}/documents/{n}/diff/{m}" Public "What changed between two drafts, clause by clause; texts of other projects by their id" [] None => "Object";
    "get" "/projects/{project}/dossier" Token "The dossier: what the rules ask for, what is there, seals and defects" [] None => "Object";
    "post" "/projects/{project}/dossier/seal" Token "Seals the dossier into one archive that proves itself" [] None => "Object";
    "post" "/projects/{project}/dossier/defects/{time}/{n}" Token "Says how a defect of a returned dossier was mended" [] Some("Mended") => "Object";
    "post" "/projects/{project}/rounds" Token "Opens a comment round" [] Some("NewRound") => "Object";
    "put" "/projects/{project}/recipients" Token "Sets which units outside the committee are asked; adds to them while a round runs" [] Some("Recipients") => "Object";
    "post" "/rounds/{round}/publication" Token "Publishes the answers of a hearing together" [] None => "Object";
    "get" "/rounds/{round}" Public "A comment round" [] None => "Object";
    "get" "/rounds/{round}/comments" Public "Comments of a round; to those without a part in the project once their answers are published" ["limit": "Count", "offset": "Count"] None => "List";
    "post" "/rounds/{round}/comments" Public "Comments; without a token a mail asks to confirm" [] Some("NewComments") => "Object";
    "get" "/rounds/{round}/challenge" Public "What a script hashes with a number before it sends comments without a token (proof: challenge, colon, number)" [] None => "Object";
    "post" "/comments/{comment}/files" Token "Adds files to one's own comment while the round runs (multipart: file, several)" [] Some("Files") => "Object";
    "get" "/comments/{comment}/files/{n}" Public "Downloads a file of a comment that the reader may read" [] None => "File";
    "get" "/rounds/{round}/table.csv" Public "The table of comments and answers (FM-08)" [] None => "File";
    "get" "/rounds/{round}/table.xlsx" Public "The table of comments and answers (FM-08)" [] None => "File";
    "get" "/rounds/{round}/table.docx" Public "The table of comments and answers (FM-08)" [] None => "File";
    "post" "/rounds/{round}/import" Token "Takes a table of comments and answers in (multipart: file, source, received_on, sender, address, unknown_clause, columns)" [] Some("Upload") => "Object";
    "get" "/rounds/{round}/imports" Token "Tables of comments that were handed in, with the states of their rows" [] None => "List";
    "get" "/rounds/{round}/imports/{import}/rows" Token "What became of the rows of a table; those that wait with the reason" ["state": "ImportRowState"] None => "List";
    "put" "/rounds/{round}/imports/{import}/rows/{line}" Token "Puts a waiting row right; it enters if nothing is wrong with it any more" [] Some("MendRow") => "Object";
    "post" "/rounds/{round}/imports/{import}/rows/{line}/throw" Token "Leaves a waiting row out, with the reason" [] Some("Reason") => "Object";
    "post" "/rounds/{round}/imports/{import}/undo" Token "Takes a table back: comments that nobody treated go" [] Some("Reason") => "Object";
    "get" "/rounds/{round}/unit" Token "What the unit of the caller has gathered in a round in which it was asked" [] None => "Object";
    "post" "/rounds/{round}/unit/remarks" Token "Puts a remark to those of one's unit" [] Some("UnitRemark") => "Object";
    "put" "/rounds/{round}/unit/remarks/{remark}" Token "Changes a gathered remark, or drops it where the body has none" [] Some("UnitChange") => "Object";
    "post" "/rounds/{round}/unit/send" Token "Sends what the unit gathered, all at once: what was seen, each with its version" [] Some("UnitSending") => "Object";
    "put" "/comments/{comment}/disposition" Token "Settles a comment" [] Some("Settle") => "Object";
    "post" "/projects/{project}/ballots" Token "Opens a ballot" [] Some("NewBallot") => "Object";
    "get" "/committees/{code}/checks" Public "Which checks of drafts bind in a committee, and which are advice" [] None => "Object";
    "put" "/committees/{code}/checks" Token "Says which checks of drafts bind in a committee" [] Some("BindChecks") => "Object";
    "post" "/committees/{committee}/ballots" Token "Opens a vote on a matter of the committee" [] Some("NewMatter") => "Object";
    "get" "/ballots/{ballot}" Public "A ballot with its tally" [] None => "Object";
    "put" "/ballots/{ballot}/vote" Token "Votes; the last vote before closing counts" [] Some("Vote") => "Object";
    "post" "/ballots/{ballot}/votes/{vote}/confirmation" Token "A second person of the secretariat confirms an entered vote" [] None => "Object";
    "post" "/ballots/{ballot}/opinions" Token "Keeps an opinion that does not count" [] Some("Opinion") => "Object";
    "post" "/ballots/{ballot}/attendance" Token "Marks presence" [] Some("Attendance") => "Object";
    "post" "/ballots/{ballot}/declaration" Token "Declares interests" [] Some("Declaration") => "Object";
    "put" "/ballots/{ballot}/mandate" Token "Lets another member vote in a meeting, where the rules allow it; without a person an earlier mandate is taken back" [] Some("Mandate") => "Object";
    "post" "/ballots/{ballot}/changes" Token "Requires a change before the dossier goes out" [] Some("Change") => "Object";
    "post" "/ballots/{ballot}/changes/{change}/done" Token "Says how a required change was done" [] Some("ChangeDone") => "Object";
    "post" "/committees/{committee}/qualifications" Token "Enters a qualification as principal reviewer" [] Some("Qualification") => "Object";
    "get" "/projects/{project}/reviews" Token "Principal reviews with their findings (FM-14)" [] None => "Object";
    "put" "/reviews/{review}" Token "Writes or hands in a principal review" [] Some("PrincipalReview") => "Object";
    "post" "/reviews/{review}/findings" Token "Enters a finding" [] Some("Finding") => "Object";
    "post" "/findings/{finding}/answer" Token "Answers a finding" [] Some("Opinion") => "Object";
    "post" "/findings/{finding}/settlement" Token "Settles a finding or opens it again" [] Some("Settlement") => "Object";
    "post" "/ballots/{ballot}/close" Token "Closes a ballot" [] None => "Object";
    "get" "/ballots/{ballot}/papers/{name}" Token "A paper of the ballot; .docx, .pdf or .html at its end" [] None => "File";
    "put" "/ballots/{ballot}/conclusion" Token "Writes the conclusion; signatures under the text before are void" [] Some("Conclusion") => "Object";
    "post" "/ballots/{ballot}/signature" Token "Signs the conclusion as chair or principal reviewer" [] Some("Signature") => "Object";
    "post" "/ballots/{ballot}/signatures" Token "Enters a signature from the scan of the signed sheet" [] Some("PaperSignature") => "Object";
    "post" "/ballots/{ballot}/signatures/{signature}/confirmation" Token "A second person confirms a signature from paper" [] None => "Object";
    "get" "/rules/{name}" Public "A rule profile as it stood on a day" ["on": "Day"] None => "Object";
    "post" "/rules/{name}/try/tally" Public "Tries a tally under a profile" [] Some("TryTally") => "Tally";
    "post" "/rules/{name}/try/deadline" Public "Tries a deadline" [] Some("TryDeadline") => "Object";
    "get" "/reports/{kind}/{year}/{committee}" Public "A report of kind annual or national (committee `all` or an authority); .json, .xlsx, .csv or .html at its end" [] None => "Object";
    "get" "/events" Public "The ledger of an object" ["object": "Id"] None => "List";
    "get" "/outbox" Token "Mail with reason and delivery state" ["object": "Id", "limit": "Count", "offset": "Count"] None => "List";
}

fn keys<K: Keyed>() -> Value {
    json!({ "type": "string", "enum": K::ALL.iter().map(|value| value.key()).collect::<Vec<_>>() })
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({ "type": "object", "required": required, "additionalProperties": false, "properties": properties })
}

fn of(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// One comment as it is sent.
fn remark(text: &Value) -> Value {
    let kind = json!({ "type": "string", "enum": ["general", "technical", "editorial"] });
    object(
        &["text"],
        json!({ "clause": text, "kind": kind, "text": text, "proposal": text, "reason": text, "quote": text }),
    )
}

/// Bodies about the life of texts after their publication.
fn life_schemas() -> Map<String, Value> {
    let text = json!({ "type": "string" });
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let all = json!({
        "OverlapDecision": object(&["outcome", "note"], json!({ "outcome": keys::<OverlapOutcome>(), "note": text })),
        "Study": object(&["source", "owner", "due_on"], json!({ "source": text, "owner": text, "owner_address": text, "due_on": of("Day") })),
        "Agreement": object(&["authority", "others", "title", "texts", "effective_on"], json!({ "authority": text, "others": texts, "title": text, "basis": text, "texts": texts, "effective_on": of("Day") })),
        "AgreementConfirmation": object(&["authority", "document"], json!({ "authority": text, "document": text })),
        "AgreementEnd": object(&["ended_on", "note"], json!({ "ended_on": of("Day"), "note": text })),
        "Contradiction": object(&["local", "national", "words"], json!({ "local": text, "national": text, "words": text })),
        "Survey": object(&["closes_on"], json!({ "closes_on": of("Day"), "question": text, "open_link": { "type": "boolean" }, "invited": texts })),
        "SurveyInvitations": object(&["invited"], json!({ "invited": texts })),
        "SurveyAnswer": object(&["who", "degree", "suggestion"], json!({ "link": text, "who": keys::<SurveyGroup>(), "unit": text, "degree": keys::<UseDegree>(), "volume": { "type": "integer", "minimum": 0 }, "problems": text, "benefit": text, "answer": text, "suggestion": keys::<EvaluationSuggestion>() })),
        "StudyLine": object(&["indicator", "difference"], json!({ "clause": text, "source_clause": text, "indicator": text, "ours": text, "theirs": text, "difference": keys::<Difference>(), "cause": text })),
        "StudyEnd": object(&["conclusion", "note"], json!({ "conclusion": keys::<StudyConclusion>(), "note": text })),
        "KeptSearch": object(&["q"], json!({ "q": text })),
        "Cover": object(&[], json!({ "ics": text, "ccs": text, "publisher": text, "isbn": text, "interpreter": text, "joining_units": text, "drafters": text, "joining_drafters": text, "statement": text })),
        "Standard": object(&["name", "certificate", "keeper"], json!({ "name": text, "certificate": text, "keeper": text, "valid_until": of("Day") })),
        "SlipItem": object(&["act", "clause"], json!({ "act": keys::<SlipAct>(), "clause": text, "number": text, "heading": text, "was": text, "body": text })),
    });
    all.as_object().cloned().unwrap_or_default()
}

fn schemas() -> Value {
    let text = json!({ "type": "string" });
    let flag = json!({ "type": "boolean" });
    let count = json!({ "type": "integer", "minimum": 0, "maximum": 4_294_967_295_u32 });
    json!({
        "Id": { "type": "string", "format": "uuid" }, "Day": { "type": "string", "format": "date" }, "Text": text, "Flag": flag,
        "Count": count, "Object": { "type": "object" }, "File": { "type": "string", "format": "binary" },
        "List": { "type": "object", "required": ["items", "total", "next"], "properties": {
            "items": { "type": "array", "items": { "type": "object" } }, "total": { "type": "integer" }, "next": { "type": ["integer", "null"] } } },
        "Category": keys::<Category>(), "Level": keys::<Level>(), "Move": keys::<Move>(), "Field": keys::<Field>(),
        "ImportRowState": keys::<ImportRowState>(), "ValidityState": keys::<ValidityState>(), "DocumentKind": keys::<DocumentKind>(), "Disposition": keys::<Disposition>(), "Choice": keys::<Choice>(),
        "NewProject": object(&["category", "title_zh"], json!({
            "kind": keys::<ProjectKind>(), "category": of("Category"), "level": of("Level"), "authority": text, "committee": text, "title_zh": text,
            "title_en": text, "specification": text, "openness": keys::<Openness>(), "adoption": keys::<Adoption>(), "livelihood": flag,
            "need": text, "scope": text, "related": text, "international": text, "suggested_by": text })),
        "Step": object(&["move"], json!({ "move": of("Move"), "note": text, "if_version": { "type": "integer" },
            "input": { "type": "object", "propertyNames": of("Field"), "additionalProperties": { "type": "string" } } })),
        "Consent": object(&["agreed"], json!({ "agreed": flag, "note": text })), "NamePerson": object(&["person", "role"], json!({ "person": of("Id"), "role": keys::<ProjectRole>(), "named": flag })),
        "NameUnit": object(&["unit"], json!({ "unit": text, "lead": flag, "named": flag })), "Upload": object(&["kind", "file"], json!({ "kind": of("DocumentKind"), "title": text, "note": text, "file": of("File") })),
        "Files": object(&["file"], json!({ "file": { "type": "array", "items": of("File") } })), "NewRound": object(&["closes_on"], json!({ "closes_on": of("Day"), "note": text, "if_version": { "type": "integer" } })),
        "Recipients": object(&["units"], json!({ "if_version": { "type": "integer" }, "units": { "type": "array",
            "items": object(&["name", "class"], json!({ "name": text, "class": keys::<RecipientClass>(), "address": text })) } })),
        "NewComments": object(&["comments"], json!({ "name": text, "contact": text, "unit": text, "publish_name": flag, "proof": text, "comments": { "type": "array",
            "items": remark(&text) } })),
        "UnitRemark": remark(&text), "UnitChange": object(&[], json!({ "remark": remark(&text), "if_version": { "type": "integer" } })), "UnitSending": object(&["seen"], json!({ "publish_name": flag, "seen": { "type": "array", "items": object(&["id", "version"], json!({ "id": of("Id"), "version": { "type": "integer" } })) } })),
        "Settle": object(&["code"], json!({ "code": of("Disposition"), "reason": text, "text_changed": flag, "duplicate_of": of("Id"), "if_version": { "type": "integer" } })),
        "NewBallot": object(&["purpose", "form", "closes_on"], json!({ "purpose": { "type": "string", "enum": ["proposal", "review", "reexamination", "matter", "election"] },
            "form": { "type": "string", "enum": ["meeting", "correspondence"] }, "closes_on": of("Day"), "question": text })),
        "Vote": object(&["choice"], json!({ "choice": of("Choice"), "reason": text, "remark": text, "person": of("Id"), "channel": keys::<VoteChannel>(), "source": text, "scan": of("Id"), "receipt": text })),
        "NewMatter": object(&["form", "closes_on", "question"], json!({ "form": { "type": "string", "enum": ["meeting", "correspondence"] }, "closes_on": of("Day"), "question": text, "election": flag, "secret": flag })),
        "Declaration": object(&["conflicted"], json!({ "conflicted": flag, "details": text })), "Mandate": object(&[], json!({ "to": of("Id"), "words": text })),
        "Change": object(&["body"], json!({ "clause": text, "body": text, "responsible": of("Id") })), "ChangeDone": object(&["note"], json!({ "note": text })),
        "Qualification": object(&["person", "number", "valid_from", "valid_until"], json!({ "person": of("Id"), "number": text, "scope": text,
            "valid_from": of("Day"), "valid_until": of("Day") })),
        "PrincipalReview": object(&[], json!({ "checklist": { "type": "object", "propertyNames": keys::<ReviewPoint>(), "additionalProperties": text },
            "opinion": text, "recommendation": keys::<Recommendation>(), "submit": flag })),
        "Finding": object(&["severity", "body"], json!({ "clause": text, "severity": keys::<Severity>(), "body": text, "proposal": text })),
        "Settlement": object(&["settled"], json!({ "settled": flag })),
        "Mended": object(&["answer"], json!({ "answer": text })), "Opinion": object(&["text"], json!({ "text": text })),
        "BindChecks": object(&["binding"], json!({ "binding": { "type": "array", "items": keys::<CheckKind>() }, "note": text })), "MendRow": object(&["cells"], json!({ "cells": { "type": "object", "additionalProperties": text }, "as_whole": flag })), "Reason": object(&["reason"], json!({ "reason": text, "if_version": { "type": "integer" } })), "Wish": object(&["reason"], json!({ "reason": text })),
        "Cited": object(&["cited"], json!({ "cited": text, "clause": text })), "Decided": object(&["confirmed"], json!({ "confirmed": flag })), "Impact": object(&["answer"], json!({ "answer": keys::<ImpactAnswer>(), "note": text })), "Planned": object(&["year", "numbers"], json!({ "year": { "type": "integer" }, "numbers": { "type": "array", "items": text } })),
        "Attendance": object(&["present"], json!({ "person": of("Id"), "present": flag })),
        "Conclusion": object(&["conclusion"], json!({ "conclusion": text, "seen": text })),
        "Signature": object(&[], json!({ "conclusion": text, "sha256": text })),
        "PaperSignature": object(&["part", "person", "scan"], json!({ "part": keys::<SignaturePart>(), "person": of("Id"), "scan": of("Id") })),
        "TryTally": object(&["members", "present", "yes"], json!({ "members": count, "present": count, "recused": count, "yes": count, "no": count,
            "abstain": count, "form": { "type": "string", "enum": ["meeting", "correspondence"] }, "purpose": text })),
        "TryDeadline": object(&["from", "amount", "unit"], json!({ "from": of("Day"), "amount": count,
            "unit": { "type": "string", "enum": ["days", "working_days", "months", "years"] }, "direction": { "type": "string", "enum": ["after", "before"] } })),
        "Tally": { "type": "object", "required": ["members", "present", "recused", "yes", "no", "abstain", "quorum_needed", "quorum_met", "yes_needed", "passed", "sentence"] },
        "Problem": { "type": "object", "required": ["type", "title", "status", "detail"], "properties": {
            "type": text, "title": text, "status": { "type": "integer" }, "detail": text, "request_id": text,
            "rule": { "type": "object", "properties": { "key": text, "value": text, "article": text, "source": text, "mark": text, "confirmed": flag } },
            "fields": { "type": "array", "items": { "type": "object", "properties": { "field": text, "code": text, "message": text } } } } },
    })
}

/// The bodies of those who keep committees.
fn committee_schemas() -> Map<String, Value> {
    let (text, flag) = (of("Text"), of("Flag"));
    let bodies = json!({
        "NewCommittee": object(&["kind", "authority", "name_zh"], json!({ "kind": keys::<CommitteeKind>(), "authority": text, "name_zh": text, "code": text,
            "parent": text, "name_en": text, "scope_zh": text, "secretariat_host": text, "established_year": { "type": "integer" } })),
        "CommitteeChange": object(&["if_version"], json!({ "if_version": { "type": "integer" }, "kind": keys::<CommitteeKind>(), "authority": text, "name_zh": text,
            "renamed_on": of("Day"), "code": text, "parent": text, "name_en": text, "scope_zh": text, "secretariat_host": text, "established_year": { "type": "integer" } })),
        "NewMember": object(&["role", "since"], json!({ "role": keys::<Role>(), "since": of("Day"), "name": text, "email": text, "unit": text, "until": of("Day"),
            "rank": { "type": "integer", "minimum": 0 }, "reason": text })),
        "SeatEnd": object(&["until", "reason"], json!({ "until": of("Day"), "reason": text })),
        "SeatSuspension": object(&["suspended", "reason"], json!({ "suspended": flag, "reason": text })),
        "NewTerm": object(&["number", "start", "go_on"], json!({ "number": { "type": "integer", "minimum": 1 }, "start": of("Day"), "end": of("Day"),
            "go_on": { "type": "array", "items": of("Id") }, "reason": text })),
    });
    match bodies {
        Value::Object(bodies) => bodies,
        _ => Map::new(),
    }
}

/// Bodies of what makes something anew, answered with 201.
const MAKING: [&str; 10] = [
    "NewCommittee",
    "NewMember",
    "NewProject",
    "Upload",
    "Files",
    "NewRound",
    "NewComments",
    "NewBallot",
    "UnitRemark",
    "UnitSending",
];

fn operation(one: &Operation) -> Value {
    let in_path = one.path.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| {
        json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } })
    });
    let in_query = one.query.iter().map(|(name, schema)| json!({ "name": name, "in": "query", "required": false, "schema": of(schema) }));
    let parameters: Vec<Value> = in_path.chain(in_query).collect();
    let media = if one.answer == "File" { "application/octet-stream" } else { "application/json" };
    let problem = |text: &str| json!({ "description": text, "content": { "application/problem+json": { "schema": of("Problem") } } });
    let mut responses = Map::new();
    let makes = one.method == "post" && one.body.is_some_and(|body| MAKING.contains(&body));
    let done = if makes { "201" } else { "200" };
    responses.insert(
        done.into(),
        json!({ "description": "Done", "content": { media: { "schema": of(one.answer) } } }),
    );
    for (status, text) in [
        ("400", "Malformed"),
        ("401", "A token is needed or not valid"),
        ("403", "Not allowed"),
        ("404", "No such thing, or none you may know of"),
        ("409", "Stale, conflicting, or refused by a rule"),
        ("413", "Too large"),
        ("415", "Not a file of this kind"),
        ("422", "Fields are wrong"),
        ("429", "Too many requests"),
        ("503", "Busy, or the outcome is unknown: look before you repeat"),
        ("507", "No room on the disk; nothing was kept"),
    ] {
        responses.insert(status.into(), problem(text));
    }
    let mut told =
        json!({ "summary": one.summary, "parameters": parameters, "responses": responses });
    if let Some(schema) = one.body {
        let media = if matches!(schema, "Upload" | "Files") {
            "multipart/form-data"
        } else {
            "application/json"
        };
        told["requestBody"] =
            json!({ "required": true, "content": { media: { "schema": of(schema) } } });
    }
    told["security"] = if one.access == Access::Token {
        json!([{ "token": [] }])
    } else {
        json!([{}, { "token": [] }])
    };
    told
}

/// The document.
pub fn document() -> Value {
    let mut paths = Map::new();
    for one in OPERATIONS {
        let path = paths.entry(format!("/api/v1{}", one.path)).or_insert_with(|| json!({}));
        path[one.method] = operation(one);
    }
    let mut schemas = schemas();
    if let Some(all) = schemas.as_object_mut() {
        all.extend(life_schemas());
        all.extend(committee_schemas());
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Quanheng 权衡", "version": "1", "description": "The life of metrological technical specifications. 计量技术规范全过程管理。" },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

#[get("/openapi.json")]
fn openapi() -> RawJson<String> {
    RawJson(document().to_string())
}

/// The route of the document.
pub fn routes() -> Vec<Route> {
    routes![openapi]
}

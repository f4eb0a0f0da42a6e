//! Help: what each kind of user can do here and how, each answer with the way there.

use rocket::{Route, get, routes};
use serde::Serialize;

use crate::page::Page;
use crate::views::{Link, PageHead, Text};

#[derive(Serialize)]
struct HelpPage {
    head: PageHead,
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    id: &'static str,
    title: Text,
    topics: Vec<Topic>,
}

#[derive(Serialize)]
struct Topic {
    question: Text,
    answer: Text,
    link: Option<Link>,
}

/// The parts with their topics; each topic has a question, an answer, and where to go.
const PARTS: &[(&str, &[(&str, &str)])] = &[
    (
        "public",
        &[
            ("find", "/specifications"),
            ("validity", "/specifications"),
            ("comment", "/consultations"),
            ("answer", ""),
            ("object", "/proposals"),
            ("suggest", "/suggest"),
            ("follow", "/feeds"),
        ],
    ),
    (
        "member",
        &[
            ("desk", "/desk"),
            ("opinion", "/consultations"),
            ("vote", "/ballots"),
            ("mail", "/account"),
        ],
    ),
    (
        "drafter",
        &[("upload", "/projects"), ("treat", "/consultations"), ("milestones", "/projects")],
    ),
    (
        "secretary",
        &[
            ("board", "/board"),
            ("move", "/projects"),
            ("round", "/consultations"),
            ("ballot", "/ballots"),
            ("report", "/reports"),
        ],
    ),
    (
        "officer",
        &[
            ("supervise", ""),
            ("committee", "/committees"),
            ("rules", "/rules"),
            ("number", "/projects"),
            ("accept", "/reports"),
        ],
    ),
    (
        "common",
        &[
            ("stages", "/stages"),
            ("time", "/rules"),
            ("script", ""),
            ("keys", ""),
            ("api", "/api/docs"),
        ],
    ),
];

#[get("/help")]
fn help() -> Page {
    let parts = PARTS.iter().map(|(part, topics)| Part {
        id: part,
        title: Text::word("help-part", part),
        topics: topics
            .iter()
            .map(|(topic, href)| Topic {
                question: Text::said(format!("help-{part}-{topic}")),
                answer: Text::said(format!("help-{part}-{topic}-answer")),
                link: (!href.is_empty()).then(|| Link::new(*href, Text::said("help-go"))),
            })
            .collect(),
    });
    let mut head = PageHead::new(Text::said("help-title"));
    head.lead = Some(Text::said("help-lead"));
    Page::new("pages/public/help", &HelpPage { head, parts: parts.collect() })
}

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    routes![help]
}

#[cfg(test)]
mod tests {
    use quanheng_domain::{Keyed, Locale};
    use quanheng_i18n::Words;

    use super::PARTS;

    #[test]
    fn every_question_has_an_answer_in_both_languages() {
        let words = Words::load(None).unwrap();
        for locale in Locale::ALL {
            for (part, topics) in PARTS {
                assert!(words.has(*locale, &format!("help-part-{part}")), "{part}");
                for (topic, _) in *topics {
                    let key = format!("help-{part}-{topic}");
                    assert!(words.has(*locale, &key), "{key}");
                    assert!(words.has(*locale, &format!("{key}-answer")), "{key}-answer");
                }
            }
        }
    }
}

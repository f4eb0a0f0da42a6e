//! What each answer of a server means for the letter (F21, F22, F23).

use quanheng_mail::{
    Delivery, MailError,
    transport::{Delay, Refused},
};

use crate::{Content, Greeting, Script, Sink, impatient, letter, transport};

fn retry(error: MailError) -> (String, Delay) {
    match error {
        MailError::Retry { reply, why } => (reply, why),
        MailError::GiveUp { .. } => panic!("given up: {error}"),
    }
}

fn given_up(error: MailError) -> (String, Refused) {
    match error {
        MailError::GiveUp { reply, refused } => (reply, refused),
        MailError::Retry { .. } => panic!("to be tried again: {error}"),
    }
}

async fn attempt(script: Script) -> Result<Delivery, MailError> {
    let sink = Sink::start(script).await;
    transport(&sink.url(), 1).send(&letter("member-07@demo.example")).await
}

#[tokio::test]
async fn an_accepted_letter_is_sent() {
    let sent = attempt(Script::default()).await.unwrap();
    assert_eq!(sent, Delivery::Sent { reply: "250 taken".to_owned() });
}

#[tokio::test]
async fn f22_451_is_tried_again() {
    let at_recipient = Script {
        recipients: &[("member-07", "451 4.7.1 greylisted, try later")],
        ..Script::default()
    };
    let (reply, why) = retry(attempt(at_recipient).await.unwrap_err());
    assert!(reply.contains("451") && reply.contains("greylisted"), "{reply}");
    assert_eq!(why, Delay::Postponed);
    let at_content = Script { content: Content::Answer("451 local error"), ..Script::default() };
    let (_, why) = retry(attempt(at_content).await.unwrap_err());
    assert_eq!(why, Delay::Postponed, "a refused letter was not delivered");
}

#[tokio::test]
async fn f22_550_is_given_up_and_noted_on_the_address() {
    let script = Script {
        recipients: &[("member-07", "550 5.1.1 <member-07@demo.example> unknown")],
        ..Script::default()
    };
    let (reply, refused) = given_up(attempt(script).await.unwrap_err());
    assert_eq!(refused, Refused::Address);
    assert!(
        reply.contains("550")
            && reply.contains("<m***@demo.example>")
            && !reply.contains("member-07"),
        "{reply}"
    );
}

#[tokio::test]
async fn f22_552_is_given_up_because_of_the_letter() {
    let script =
        Script { content: Content::Answer("552 5.3.4 message too big"), ..Script::default() };
    assert_eq!(given_up(attempt(script).await.unwrap_err()).1, Refused::Letter);
    let script = Script { mail: "552 too big", ..Script::default() };
    assert_eq!(given_up(attempt(script).await.unwrap_err()).1, Refused::Letter);
}

#[tokio::test]
async fn f22_421_is_tried_again_on_a_new_connection() {
    let sink = Sink::start(Script {
        recipients: &[("member-07", "421 shutting down")],
        ..Script::default()
    })
    .await;
    let transport = transport(&sink.url(), 1);
    let (_, why) = retry(transport.send(&letter("member-07@demo.example")).await.unwrap_err());
    assert_eq!(why, Delay::Outage);
    transport.send(&letter("member-08@demo.example")).await.unwrap();
    assert_eq!(sink.look(|seen| seen.connections), 2);
}

#[tokio::test]
async fn what_the_server_has_against_us_is_no_fault_of_the_letter() {
    let busy = Script { greeting: Greeting::Line("554 no service"), ..Script::default() };
    assert_eq!(retry(attempt(busy).await.unwrap_err()).1, Delay::Outage);
    let wrong =
        Script { greeting: Greeting::Line("HTTP/1.1 400 Bad Request"), ..Script::default() };
    assert_eq!(retry(attempt(wrong).await.unwrap_err()).1, Delay::Outage);
    let unknown = Script { mail: "530 5.7.0 authentication required", ..Script::default() };
    assert_eq!(retry(attempt(unknown).await.unwrap_err()).1, Delay::Outage);
}

#[tokio::test]
async fn f22_a_server_that_does_not_greet_runs_into_the_time_limit() {
    let sink = Sink::start(Script { greeting: Greeting::Silent, ..Script::default() }).await;
    let (reply, why) =
        retry(impatient(&sink.url()).send(&letter("member-07@demo.example")).await.unwrap_err());
    assert_eq!((reply.as_str(), why), ("no answer in time", Delay::Outage));
}

#[tokio::test]
async fn f21_an_answer_lost_after_the_letter_means_perhaps_delivered() {
    let sink = Sink::start(Script { content: Content::Drop, ..Script::default() }).await;
    let (_, why) =
        retry(transport(&sink.url(), 1).send(&letter("member-07@demo.example")).await.unwrap_err());
    assert_eq!(why, Delay::AnswerLost);
    assert_eq!(
        sink.look(|seen| seen.letters.len()),
        1,
        "the transport itself does not repeat what may have arrived"
    );
    let sink = Sink::start(Script { content: Content::Silent, ..Script::default() }).await;
    let silent = impatient(&sink.url()).send(&letter("member-07@demo.example")).await;
    assert_eq!(retry(silent.unwrap_err()).1, Delay::AnswerLost);
}

#[tokio::test]
async fn f20_a_refused_connection_is_tried_again() {
    let sink = Sink::start(Script::default()).await;
    let url = sink.url();
    drop(sink);
    let (_, why) =
        retry(transport(&url, 1).send(&letter("member-07@demo.example")).await.unwrap_err());
    assert_eq!(why, Delay::Outage);
    retry(transport(&url, 1).probe().await.unwrap_err());
}

#[tokio::test]
async fn f23_one_bad_address_leaves_the_connection_to_the_others() {
    let sink = Sink::start(Script {
        recipients: &[("member-01", "550 no such user")],
        ..Script::default()
    })
    .await;
    let transport = transport(&sink.url(), 1);
    let mut refused = 0;
    for number in 0..30 {
        let outcome = transport.send(&letter(&format!("member-{number:02}@demo.example"))).await;
        refused += usize::from(outcome.is_err());
    }
    assert_eq!((refused, sink.look(|seen| seen.letters.len())), (1, 29));
    assert_eq!(sink.look(|seen| seen.connections), 1);
}

#[tokio::test]
async fn a_connection_closed_while_it_rested_is_replaced_without_a_word() {
    let sink = Sink::start(Script { letters_per_connection: 1, ..Script::default() }).await;
    let transport = transport(&sink.url(), 1);
    for _ in 0..3 {
        transport.send(&letter("member-07@demo.example")).await.unwrap();
    }
    assert_eq!(sink.look(|seen| (seen.connections, seen.letters.len())), (3, 3));
}

#[tokio::test]
async fn never_more_connections_than_the_pool_is_wide() {
    let sink = Sink::start(Script::default()).await;
    let transport = std::sync::Arc::new(transport(&sink.url(), 4));
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..80 {
        let transport = transport.clone();
        tasks.spawn(async move {
            transport.send(&letter(&format!("member-{number:02}@demo.example"))).await
        });
    }
    while let Some(outcome) = tasks.join_next().await {
        outcome.unwrap().unwrap();
    }
    let (letters, most) = sink.look(|seen| (seen.letters.len(), seen.most_at_once));
    assert_eq!(letters, 80);
    assert!(most <= 4, "{most} connections at once");
    transport.rest().await;
    assert!(
        sink.look(|seen| seen.commands.iter().filter(|command| *command == "QUIT").count()) <= 4
    );
}

#[tokio::test]
async fn a_probe_greets_and_leaves() {
    let sink = Sink::start(Script::default()).await;
    transport(&sink.url(), 1).probe().await.unwrap();
    assert_eq!(sink.look(|seen| seen.commands.len()), 2, "EHLO and QUIT");
}

//! The SMTP transport against a small server on loopback that can be told what to do wrong.
#![allow(clippy::unwrap_used)]

mod answers;
mod letters;
mod security;
mod sink;

use std::time::Duration;

use chrono::DateTime;
use quanheng_mail::{
    Mailbox, Message, Transport,
    transport::{Smtp, SmtpOptions},
};

pub(crate) use sink::{Content, Greeting, Script, Sink};

/// A transport for the sink; the short timeout makes a silent server quick to test.
pub(crate) fn transport(url: &str, pool_size: usize) -> Transport {
    let options = SmtpOptions {
        address: url.parse().unwrap(),
        ca_pem: None,
        pool_size,
        timeout: Duration::from_secs(20),
    };
    Transport::Smtp(Box::new(Smtp::new(options).unwrap()))
}

pub(crate) fn impatient(url: &str) -> Transport {
    let options = SmtpOptions {
        address: url.parse().unwrap(),
        ca_pem: None,
        pool_size: 1,
        timeout: Duration::from_millis(200),
    };
    Transport::Smtp(Box::new(Smtp::new(options).unwrap()))
}

pub(crate) fn letter(to: &str) -> Message {
    Message {
        from: Mailbox { name: "权衡".to_owned(), email: "no-reply@quanheng.example".to_owned() },
        reply_to: None,
        to: Mailbox { name: "秘书长·演示".to_owned(), email: to.to_owned() },
        subject: "[MTC3] 征求意见 – 饮用冷水水表检定规程（征求意见稿第1稿） – 截止 4月1日24时"
            .to_owned(),
        text: "请于2026年4月1日24:00（北京时间）前提出意见。\n.\n.以点开头的一行\n".to_owned(),
        html: "<p>请于2026年4月1日24:00（北京时间）前提出意见。</p>".to_owned(),
        message_id: "<01976a00-7d00-7000-8000-00000000a001@quanheng.example>".to_owned(),
        date: DateTime::from_timestamp(1_772_496_000, 0).unwrap(),
        headers: vec![("Auto-Submitted", "auto-generated".to_owned())],
    }
}

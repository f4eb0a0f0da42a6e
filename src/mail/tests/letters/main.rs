//! Every letter in every language, as its reader gets it.
#![allow(clippy::unwrap_used)]

mod headers;
mod page;
mod snapshots;
mod words;

use std::sync::Arc;

use chrono::DateTime;
use quanheng_domain::{
    Locale,
    ids::{MailId, ObjectId},
    notice::{Audience, Notice, NoticeFacts, NoticeKey},
};
use quanheng_i18n::Words;
use quanheng_mail::{Composer, Frame, Mailbox, Message, Recipient, compose::message_id};

pub(crate) fn words() -> Arc<Words> {
    Arc::new(Words::load(None).unwrap())
}

pub(crate) fn composer() -> Composer {
    Composer::new(words(), None).unwrap()
}

pub(crate) fn sample(key: NoticeKey) -> Notice {
    Notice { key, facts: NoticeFacts::sample(key) }
}

pub(crate) fn recipient(locale: Locale, reason: Audience) -> Recipient {
    Recipient {
        name: "委员·演示".to_owned(),
        email: "member-07@demo.example".to_owned(),
        locale,
        reason,
        unsubscribe: Some("/settings/mail/stop/2w8EXAMPLE".to_owned()),
    }
}

pub(crate) fn frame() -> Frame {
    let mail: MailId = "01976a00-7d00-7000-8000-00000000a001".parse().unwrap();
    let object: ObjectId = "01976a00-7d00-7000-8000-000000000162".parse().unwrap();
    let base_url = "https://quanheng.example:8443".to_owned();
    Frame {
        site: "权衡".to_owned(),
        message_id: message_id(mail, &base_url),
        base_url,
        from: Mailbox {
            name: "权衡·计量技术规范平台".to_owned(),
            email: "no-reply@quanheng.example".to_owned(),
        },
        reply_to: None,
        conversation: Some(object),
        zone: chrono_tz::Asia::Shanghai,
        now: DateTime::from_timestamp(1_772_496_000, 0).unwrap(),
    }
}

/// The sample letter of a notice for its first audience.
pub(crate) fn letter(composer: &Composer, key: NoticeKey, locale: Locale) -> Message {
    let audience = key.row().audience[0];
    composer
        .compose(&sample(key), &recipient(locale, audience), &frame())
        .unwrap_or_else(|error| panic!("{key} in {locale}: {error}"))
}

//! Joins the settings, the words and the outbox to a working delivery of mail.

use std::sync::Arc;

use anyhow::Context;
use chrono::TimeDelta;
use quanheng_config::{MailTransport, Settings};
use quanheng_domain::{Keyed, Locale};
use quanheng_jobs::deliver_mail::{DeliveryOptions, MailDelivery};
use quanheng_mail::{
    Composer, Mailbox, Transport,
    transport::{Files, Memory, Smtp, SmtpOptions},
};
use quanheng_web::{App, csrf::Seal, pages::mail_stop};

/// Answers of a server that one letter waits for at most: connection, sender, recipient, announcement, content, and one to spare.
const ANSWERS_A_LETTER: u32 = 6;

/// The way out for mail that the settings name; nothing is connected yet.
pub fn transport(settings: &Settings) -> anyhow::Result<Transport> {
    let mail = &settings.mail;
    Ok(match mail.transport {
        MailTransport::Smtp => {
            let ca_pem = mail.ca_file.as_ref().map(|file| {
                std::fs::read(file).with_context(|| format!("mail.ca_file: {}", file.display()))
            });
            let options = SmtpOptions {
                address: mail.url.reveal().parse().context("mail.url")?,
                ca_pem: ca_pem.transpose()?,
                pool_size: usize::from(mail.pool_size),
                timeout: mail.timeout.get(),
            };
            Transport::Smtp(Box::new(Smtp::new(options).context("mail")?))
        }
        MailTransport::Files => {
            Transport::Files(Files::new(mail.folder(settings.data_dir())).context("mail.dir")?)
        }
        MailTransport::Memory => Transport::Memory(Memory::default()),
        MailTransport::None => Transport::None,
    })
}

/// The delivery of mail for an instance.
pub fn delivery(app: &App) -> anyhow::Result<MailDelivery> {
    let settings = &app.settings;
    let composer = Composer::new(Arc::clone(&app.words), settings.templates.dir.as_deref())
        .context("the templates of mail")?;
    Ok(MailDelivery {
        db: app.db.clone(),
        clock: Arc::clone(&app.clock),
        chance: Arc::clone(&app.chance),
        composer: Arc::new(composer),
        transport: Arc::new(transport(settings)?),
        options: options(settings, app.base_url.to_string(), app.seal.clone())?,
    })
}

/// How letters are made out, by the settings, the address of the site and its seal.
pub fn options(
    settings: &Settings,
    base_url: String,
    seal: Seal,
) -> anyhow::Result<DeliveryOptions> {
    let mail = &settings.mail;
    let site = |locale: Locale| settings.site.name(locale).to_owned();
    let name =
        if mail.from_name.is_empty() { site(Locale::Chinese) } else { mail.from_name.clone() };
    let email = if mail.from_address.is_empty() {
        // Good enough for files and the outbox page; SMTP demands an address of its own.
        "no-reply@localhost".to_owned()
    } else {
        mail.from_address.clone()
    };
    let longest_letter = mail.timeout.get() * ANSWERS_A_LETTER;
    let lease = settings.jobs.lease.get().max(longest_letter);
    Ok(DeliveryOptions {
        site: Locale::ALL.iter().map(|locale| (*locale, site(*locale))).collect(),
        base_url,
        from: Mailbox { name, email },
        reply_to: (!mail.reply_to.is_empty()).then(|| mail.reply_to.clone()),
        zone: settings.site.zone,
        batch: u32::from(mail.batch),
        lease: TimeDelta::from_std(lease).context("jobs.lease")?,
        per_address_hour: usize::from(mail.per_address_hour),
        give_up_after: TimeDelta::from_std(mail.give_up_after.get())
            .context("mail.give_up_after")?,
        stop_path: Some(Arc::new(move |person, _| mail_stop::path(&seal, person))),
    })
}

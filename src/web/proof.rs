//! Proof of work for comments of the public (工作量证明): the browser's own script finds a number that takes a moment to find, which holds off
//! machines that send by the thousand without asking anybody outside.
//!
//! The challenge is sealed, belongs to one round, ends, and counts once. Who sends without it is not turned away: beyond a few an hour from
//! one address a person looks at the comments before they count.

use std::net::IpAddr;
use std::time::Duration;

use quanheng_actions::{ActionError, Tx};
use quanheng_db::accounts;
use quanheng_domain::ids::RoundId;
use quanheng_domain::watch::{Watch, begins_with_zeros, links};
use rocket::http::Status;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::error::WebError;

/// What the seal stands for.
const PURPOSE: &str = "comment-proof";
/// Longest proof that is looked at.
const LONGEST: usize = 400;
/// The period of the budgets.
const HOUR: Duration = Duration::from_secs(3_600);

/// What the script is asked.
#[derive(Debug, Clone, Serialize)]
pub struct Challenge {
    /// To be hashed with a colon and a number after it.
    challenge: String,
    /// With how many zero bits the SHA-256 must begin.
    bits: u16,
    /// The first instant at which it no longer counts.
    until: chrono::DateTime<chrono::Utc>,
}

/// A challenge for comments on a round.
pub fn challenge(app: &App, round: RoundId) -> Challenge {
    let limits = &app.settings.limits;
    let lifetime = chrono::TimeDelta::from_std(limits.comment_proof_lifetime.get());
    let until = app.now() + lifetime.unwrap_or(chrono::TimeDelta::MAX);
    let (ends, bits) = (until.timestamp(), limits.comment_proof_bits);
    let text = format!("{round}.{ends}.{bits}.{}", app.chance.token());
    let code = app.seal.code(PURPOSE, &text);
    Challenge { challenge: format!("{text}.{code}"), bits, until }
}

/// A proof whose work was done; whether it was used before is known in the transaction alone.
#[derive(Debug, Clone)]
struct Proof {
    bucket: String,
    ends: i64,
}

impl Proof {
    /// Reads what the script sent; nothing for anything that is not a proof for this round now.
    fn read(app: &App, round: RoundId, sent: &str) -> Option<Self> {
        if sent.len() > LONGEST {
            return None;
        }
        let (challenge, _) = sent.rsplit_once(':')?;
        let (text, code) = challenge.rsplit_once('.')?;
        if !app.seal.holds(PURPOSE, text, code) {
            return None;
        }
        let mut parts = text.split('.');
        let of = parts.next()?.parse::<RoundId>().ok()?;
        let ends = parts.next()?.parse::<i64>().ok()?;
        let bits = parts.next()?.parse::<u32>().ok()?;
        let worked = begins_with_zeros(&Sha256::digest(sent.as_bytes()), bits);
        let fair = of == round && worked && app.now().timestamp() < ends;
        let bucket = || format!("proof:{}", hex::encode(Sha256::digest(challenge.as_bytes())));
        fair.then(|| Self { bucket: bucket(), ends })
    }
}

/// What stands at the door of a round for somebody without an account.
#[derive(Debug, Clone)]
pub struct Door {
    proof: Option<Proof>,
    asked: bool,
    links: bool,
    spent: bool,
}

impl Door {
    /// Looks at what came before any transaction begins: the budgets of the address, the proof, and the words.
    ///
    /// # Errors
    /// 429 when the address or its subnet has used up its hour.
    pub async fn pass<'w>(
        app: &App,
        address: IpAddr,
        round: RoundId,
        proof: &str,
        words: impl IntoIterator<Item = &'w str>,
    ) -> Result<Self, WebError> {
        let limits = &app.settings.limits;
        let most = u32::from(limits.comments_subnet_hour);
        app.budgets.spend(&format!("comments-net:{}", subnet(address)), most, HOUR).await?;
        let asked = limits.comment_proof_bits > 0;
        let proof = Proof::read(app, round, proof);
        let mut spent = false;
        if asked && proof.is_none() {
            let most = u32::from(limits.comment_bare_hour);
            let bucket = format!("comments-bare:{address}");
            spent = match app.budgets.spend(&bucket, most, HOUR).await {
                Ok(()) => most == 0,
                Err(error) if error.status == Status::TooManyRequests => true,
                Err(error) => return Err(error),
            };
        }
        let found: usize = words.into_iter().map(links).sum();
        let links = found > usize::from(limits.comment_links);
        Ok(Self { proof, asked, links, spent })
    }

    /// Why a person looks at the comments before they count, if somebody must; a proof is used up by this.
    ///
    /// # Errors
    /// Storage trouble.
    pub fn held(&self, tx: &mut Tx<'_, '_>) -> Result<Option<Watch>, ActionError> {
        let again = match &self.proof {
            Some(proof) => accounts::spend(tx.conn(), &proof.bucket, proof.ends, 1)? > 1,
            None => false,
        };
        Ok(if self.links {
            Some(Watch::Links)
        } else if self.asked && (again || self.spent) {
            Some(Watch::NoProof)
        } else {
            None
        })
    }
}

/// The neighbourhood of an address: /24 of the old kind, /48 of the new.
fn subnet(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_budget() {
        let of = |text: &str| subnet(text.parse().unwrap());
        assert_eq!(of("192.0.2.7"), of("192.0.2.200"));
        assert_ne!(of("192.0.2.7"), of("192.0.3.7"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.9"));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:ffff::9"));
        assert_ne!(of("2001:db8:1::1"), of("2001:db8:2::1"));
    }
}

//! What a project says about itself beyond the columns: the fields of 项目建议书 (FM-01) and 申报书 (FM-02) and those who will be asked.

use quanheng_domain::rules::RecipientClass;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ActionError;

/// Somebody outside the register who will be asked to comment (FM-06).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedUnit {
    /// Name of the unit.
    pub name: String,
    /// Class.
    pub class: RecipientClass,
    /// Mail address, if there is one.
    #[serde(default)]
    pub address: String,
}

/// The fields; added with defaults only, so that stored rows outlive upgrades.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// Suggesting unit or person (建议单位/人).
    pub suggested_by: String,
    /// Where the receipt and the decision go, for suggesters without an account.
    pub suggester_address: String,
    /// Language of that mail.
    pub suggester_locale: String,
    /// Receipt number.
    pub receipt: String,
    /// Necessity (必要性).
    pub need: String,
    /// Scope and main content (范围和主要内容).
    pub scope: String,
    /// Related texts (相关技术文件).
    pub related: String,
    /// International source and edition.
    pub international: String,
    /// Urgency.
    pub urgency: String,
    /// Units asked to comment besides the committee.
    pub asked: Vec<AskedUnit>,
    /// Number reserved for the text, as typed.
    pub reserved_number: String,
    /// Id of the project this one was merged into.
    pub merged_into: String,
    /// Approval document.
    pub approval_document: String,
}

impl Details {
    /// Reads them from the row.
    pub fn read(value: &Value) -> Result<Self, ActionError> {
        if value.is_null() {
            return Ok(Self::default());
        }
        serde_json::from_value(value.clone()).map_err(|error| {
            ActionError::inconsistent("projects", "details", "", &error.to_string())
        })
    }

    /// Writes them for the row.
    pub fn write(&self) -> Result<Value, ActionError> {
        serde_json::to_value(self).map_err(ActionError::unwritable)
    }
}

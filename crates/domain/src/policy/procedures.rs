//! What the organisation has promised about requests, identity and children.

use serde::{Deserialize, Serialize};

use crate::calendar::Period;

/// How rights requests are answered (`rights.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Rights {
    /// How soon a reply is promised.
    pub reply: Option<Period>,
    /// Whether the promise moves to the next working day as the statutory date does.
    pub reply_rolls: bool,
    /// The clause that promises it.
    pub reply_clause: String,
    /// The whole length of time when it is extended.
    pub extended: Option<Period>,
    /// The clause about the extension.
    pub extended_clause: String,
    /// How soon staff pass a request on; later is reported.
    pub forward: Option<Period>,
    /// The clause about passing on.
    pub forward_clause: String,
    /// The fee asked for an ordinary request, in pence.
    pub fee_pence: u32,
    /// The clause about fees.
    pub fee_clause: String,
    /// The policy asks for writing or for a form. The law lets nobody require it.
    pub form_required: bool,
    /// The clause about the form.
    pub form_clause: String,
    /// Other cases in which a reasonable fee may be asked, in plain words.
    pub fee_cases: Vec<String>,
    /// Words that name what care or safety depends on, such as `allergy`: where a request to put
    /// something right has one of them, it is put right on the day it came.
    pub same_day: Vec<String>,
    /// The clause about it.
    pub same_day_clause: String,
    /// No copy goes out before it is recorded whether it holds health data and whether
    /// disclosing them would cause serious harm (DPA 2018 Schedule 3 paragraph 6).
    pub health_question: bool,
    /// What the policy says about each right, an entry a right.
    pub procedure: Vec<Procedure>,
    /// Roles that prepare replies.
    pub prepare: Vec<String>,
    /// Roles that approve replies. Nobody approves what they prepared.
    pub approve: Vec<String>,
    /// The duty (of kind training) that whoever answers a request must have done.
    pub handler_training: String,
    /// Roles that decide to refuse or to charge.
    pub refuse: Vec<String>,
}

impl Rights {
    /// The first of the words that care or safety depends on that stands in a text.
    pub fn same_day_word(&self, text: &str) -> Option<&str> {
        let text = text.to_lowercase();
        let begins = |at: usize| !text.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric));
        self.same_day.iter().find(|word| text.match_indices(&word.to_lowercase()).any(|(at, _)| begins(at))).map(String::as_str)
    }
}

/// What the policy says about one right.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Procedure {
    /// The stable name.
    pub id: String,
    /// The right, for example `erasure`.
    pub right: String,
    /// The steps and conditions, in plain words.
    pub steps: Vec<String>,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

/// How identity and authority are checked (`identity.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Identity {
    /// At most how many documents are asked for, and only on a written doubt.
    pub documents: u32,
    /// Kinds of document that serve.
    pub accepted: Vec<String>,
    /// Kinds of evidence of a third party's authority that serve.
    pub authority: Vec<String>,
    /// Whether the person may be telephoned, on the number already held.
    pub call_back: bool,
    /// Whether pictures of documents are kept after the check.
    pub keep_images: bool,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

/// What may be asked to find the data (`clarification.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Clarification {
    /// What a request is hoped to contain; a gap becomes a question only if needed.
    pub ask_for: Vec<String>,
    /// How long an open question waits before the case is closed with notice.
    pub close_after: Option<Period>,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

/// Requests about children (`children.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Children {
    /// Whether each request about a child needs a recorded judgement of capacity.
    pub judge_each_case: bool,
    /// The age in years below which a child is usually not mature enough. A starting
    /// point for the judgement, never the judgement.
    pub usually_able_from: Option<u8>,
    /// The clauses about it.
    pub clauses: Vec<String>,
}

//! One installation with a request at every stage, and a way to change who stands how to it.

use domain::ids::{RecordId, UserId};
use domain::people::{Actor, Role};
use serde_json::{Value, json};
use services::accounts::{actor_by_email, create};
use services::policy::{draft, propose};
use services::requests::work_once;
use store::{Origin, RecordHead, SaveRecord, Stored};

use crate::web::browser::{Answer, Browser};
use crate::web::journey::record;
use crate::web::setting::{PASSWORD, SECRET, Setting};

/// The stages of a request, and a closed one whose person was erased; `searching` comes last because a worker would end it.
pub(super) const STAGES: &[&str] =
    &["open", "review", "prepared", "approved", "replied", "refused", "withdrawn", "closed", "erased", "searching"];

/// An identifier of the right form that nothing has.
pub(super) const NOTHING: &str = "019a0000-0000-7000-8000-999999999999";

/// How somebody stands to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    Owner,
    Assigned,
    Recorded,
    Stranger,
}

impl Stand {
    pub(super) const ALL: &[Self] = &[Self::Owner, Self::Assigned, Self::Recorded, Self::Stranger];
}

/// One request of the world.
pub(super) struct Case {
    pub(super) stage: &'static str,
    pub(super) id: String,
    /// A document of the case, where it has one.
    pub(super) document: Option<String>,
}

/// The installation, the two who brought its requests to their stages, and the requests.
pub(super) struct World {
    pub(super) setting: Setting,
    pub(super) maker: Browser,
    pub(super) second: Browser,
    pub(super) cases: Vec<Case>,
    /// A version of the policy that is a draft, and one that is proposed.
    pub(super) versions: Vec<(&'static str, String)>,
    /// Open duties: one of everybody, one of a role that nobody with an account holds.
    pub(super) duties: Vec<(&'static str, String)>,
}

impl World {
    /// Makes everything, with an account of the role that is to be tried.
    pub(super) async fn new(under_test: Option<Role>) -> (Self, Option<Actor>) {
        let (mut world, actor) = Self::bare(under_test).await;
        for stage in STAGES {
            let id = world.case(stage).await;
            let documents = world.setting.app.store.read(|tx| tx.blob_list(&id)).unwrap();
            let document = documents.first().map(|meta| meta.id.clone());
            world.cases.push(Case { stage, id, document });
        }
        world.policy();
        (world, actor)
    }

    /// The installation and its people, with no request.
    pub(super) async fn bare(under_test: Option<Role>) -> (Self, Option<Actor>) {
        let setting = Setting::new();
        create(&setting.app, "Maker", "maker@example.org", &[Role::Lead], PASSWORD, SECRET).unwrap();
        create(&setting.app, "Second", "second@example.org", &[Role::Approver], PASSWORD, SECRET).unwrap();
        services::policy::daily(&setting.app, "test").unwrap();
        let maker = Browser::signed_in(&setting, "maker@example.org").await;
        let second = Browser::signed_in(&setting, "second@example.org").await;
        let actor = under_test.map(|role| actor_by_email(&setting.app, &setting.account(role)).unwrap());
        (Self { setting, maker, second, cases: Vec::new(), versions: Vec::new(), duties: Vec::new() }, actor)
    }

    fn policy(&mut self) {
        let maker = actor_by_email(&self.setting.app, "maker@example.org").unwrap();
        let app = &self.setting.app;
        let drafted = draft(app, &maker, Vec::new(), "A draft").unwrap();
        let proposed = draft(app, &maker, Vec::new(), "A proposal").unwrap();
        propose(app, &maker, &proposed, 1, jiff::civil::date(2027, 1, 1)).unwrap();
        self.versions = vec![("draft", drafted.to_string()), ("proposed", proposed.to_string())];
        let duties = services::policy::duties(app, &maker).unwrap();
        let of = |everybody: bool| duties.iter().find(|row| (row.duty.terms.role == "staff") == everybody);
        let named = [("everybody", of(true)), ("a role", of(false))];
        self.duties = named.into_iter().filter_map(|(name, row)| Some((name, row?.duty.facts.id.to_string()))).collect();
    }

    /// A request brought to a stage through its pages.
    async fn case(&mut self, stage: &str) -> String {
        let id = record(&mut self.maker).await;
        let at = |rest: &str| format!("/requests/{id}/{rest}");
        let done = |answer: &Answer, what: &str| assert_eq!(answer.status.as_u16(), 303, "{what} of {stage}: {}", answer.body);
        if matches!(stage, "open") {
            return id;
        }
        if matches!(stage, "withdrawn" | "closed" | "erased") {
            done(&self.maker.fill(&at("acknowledge"), &[]).await, "acknowledge");
            done(&self.maker.fill(&at("withdraw"), &[]).await, "withdraw");
        }
        match stage {
            "refused" => {
                let fields = [("ground", "excessive"), ("sign", "repeat"), ("reasons", "The same was answered last week.")];
                done(&self.maker.fill(&at("refuse"), &fields).await, "refuse");
                done(&self.second.fill(&at("approve"), &[]).await, "approve");
                done(&self.maker.fill(&at("send-refusal"), &[]).await, "send-refusal");
            }
            "closed" => done(&self.maker.fill(&at("close"), &[]).await, "close"),
            "erased" => {
                done(&self.maker.fill(&at("close"), &[]).await, "close");
                let maker = actor_by_email(&self.setting.app, "maker@example.org").unwrap();
                services::requests::erase(&self.setting.app, &maker, &RecordId::new(id.clone())).unwrap();
            }
            "searching" | "review" | "prepared" | "approved" | "replied" => {
                done(&self.maker.fill(&at("search"), &[("place", "mailbox")]).await, "search");
                if stage != "searching" {
                    self.work().await;
                    self.beyond_review(&id, stage).await;
                }
            }
            _ => {}
        }
        id
    }

    async fn beyond_review(&mut self, id: &str, stage: &str) {
        let at = |rest: &str| format!("/requests/{id}/{rest}");
        let done = |answer: &Answer, what: &str| assert_eq!(answer.status.as_u16(), 303, "{what} of {stage}: {}", answer.body);
        if stage == "review" {
            return;
        }
        done(&self.maker.fill(&at("review/0"), &[("decision", "withhold-rest")]).await, "decide");
        done(&self.maker.fill(&at("prepare"), &[]).await, "prepare");
        if stage == "prepared" {
            return;
        }
        done(&self.second.fill(&at("approve"), &[]).await, "approve");
        if stage == "replied" {
            done(&self.maker.fill(&at("reply"), &[]).await, "reply");
        }
    }

    /// Runs what waits for a worker.
    async fn work(&self) {
        let app = self.setting.app.clone();
        tokio::task::spawn_blocking(move || while work_once(&app, "worker").unwrap() {}).await.unwrap();
    }

    /// A record as it is stored.
    pub(super) fn stored(&self, id: &str) -> Stored {
        self.setting.app.store.read(|tx| tx.record_get(id)).unwrap().unwrap()
    }

    /// Saves a record as it was before.
    pub(super) fn restore(&self, before: &Stored) {
        let now = self.stored(&before.head.id);
        if now.version == before.version {
            return;
        }
        self.save(&before.head, &before.body, now.version);
    }

    /// Lets the account stand to a case in this way, and in no other.
    pub(super) fn relate(&self, id: &str, user: &UserId, stand: Stand) {
        let other = "019a0000-0000-7000-8000-888888888888";
        self.change(id, |facts| {
            facts["owner"] = json!(if stand == Stand::Owner { user.as_str() } else { other });
            facts["assigned"] = if stand == Stand::Assigned { json!([other, user]) } else { json!([]) };
            facts["logged_by"] = json!(if stand == Stand::Recorded { user.as_str() } else { other });
        });
    }

    fn change(&self, id: &str, facts: impl Fn(&mut Value)) {
        let stored = self.stored(id);
        let mut body = stored.body.clone();
        facts(&mut body["facts"]);
        self.save(&stored.head, &body, stored.version);
    }

    fn save(&self, head: &RecordHead, body: &Value, version: u64) {
        let owner = body["facts"]["owner"].as_str().map(str::to_owned);
        let head = RecordHead { owner, ..head.clone() };
        let origin = Origin { actor: "test".to_owned(), at_us: self.setting.app.now_us() };
        let saved = self.setting.app.store.write(&origin, |tx| {
            tx.record_save(SaveRecord {
                head: head.clone(),
                body,
                expected_version: version,
                verb: "arranged",
                reason: "test",
                clocks: &[],
                tokens: &[],
            })
        });
        saved.unwrap();
    }
}

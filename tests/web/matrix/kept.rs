//! Real records of every kind beside requests, in each of their states, made through the pages and the mailbox.

use domain::people::{Role, Standing};
use services::accounts::{actor_by_email, set_standing};
use services::mail::take;
use services::ports::Arrived;

use super::world::World;
use crate::web::journey::record;

/// The forms that bring something to a state, one after the other.
type Forms<'a> = &'a [&'a [(&'a str, &'a str)]];

/// One record: what kind, in which state, where its parts stand in an address, and what it is stored as.
pub(super) struct Kept {
    pub(super) kind: &'static str,
    pub(super) state: &'static str,
    /// The variable parts of its addresses.
    pub(super) parts: Vec<(&'static str, String)>,
    /// The record itself; none where it is kept elsewhere, as accounts are.
    pub(super) stored: Option<String>,
    /// The record that says who is involved; none where nobody is.
    pub(super) involves: Option<String>,
}

impl Kept {
    fn of(kind: &'static str, state: &'static str, id: &str, involves: bool) -> Self {
        let stored = Some(id.to_owned());
        Self { kind, state, parts: vec![("{id}", id.to_owned())], involves: stored.clone().filter(|_| involves), stored }
    }
}

/// Makes everything.
pub(super) async fn make(world: &mut World) -> Vec<Kept> {
    let mut all = Vec::new();
    complaints(world, &mut all).await;
    marks(world, &mut all).await;
    messages(world, &mut all).await;
    mails(world, &mut all);
    searches(world, &mut all).await;
    postings(world, &mut all).await;
    accounts(world, &mut all);
    all
}

/// The newest record of a kind.
fn newest(world: &World, kind: &str) -> String {
    let query = store::RecordQuery { kind: kind.to_owned(), order: store::Order::Newest, limit: 1, ..store::RecordQuery::default() };
    world.setting.app.store.read(|tx| tx.record_list(&query)).unwrap().remove(0).head.id
}

async fn done(world: &mut World, path: &str, fields: &[(&str, &str)]) {
    let answer = world.maker.fill(path, fields).await;
    assert_eq!(answer.status.as_u16(), 303, "{path}: {}", answer.body);
}

async fn complaints(world: &mut World, all: &mut Vec<Kept>) {
    let outcome = [("finding", "partly"), ("findings", "Half of it was lost."), ("changes", "")];
    let states: &[(&'static str, &[&str])] = &[
        ("open", &[]),
        ("acknowledged", &["acknowledge"]),
        ("answered", &["acknowledge", "outcome"]),
        ("closed", &["acknowledge", "outcome", "close"]),
        ("withdrawn", &["acknowledge", "withdraw"]),
        ("erased", &["acknowledge", "withdraw", "close"]),
    ];
    for (state, acts) in states {
        let fields = [
            ("about", "both"),
            ("channel", "letter"),
            ("received-day", "20"),
            ("received-month", "11"),
            ("received-year", "2026"),
            ("received_by", "Front desk"),
            ("words", "You lost my file."),
            ("name", "Amelia Hart"),
            ("email", "amelia.hart@example.org"),
        ];
        let answer = world.maker.post("/complaints/new", &fields).await;
        let id = answer.leads_to().strip_prefix("/complaints/").unwrap().split('?').next().unwrap().to_owned();
        for act in *acts {
            done(world, &format!("/complaints/{id}/{act}"), if *act == "outcome" { &outcome } else { &[] }).await;
        }
        if *state == "erased" {
            let subject = world.stored(&id).body["subject"].as_str().unwrap().to_owned();
            let origin = store::Origin { actor: "test".to_owned(), at_us: world.setting.app.now_us() };
            world.setting.app.store.write(&origin, |tx| tx.subject_erase(&subject, "erasure")).unwrap();
        }
        let documents = world.setting.app.store.read(|tx| tx.blob_list(&id)).unwrap();
        let mut kept = Kept::of("complaint", state, &id, *state != "erased");
        kept.parts.extend(documents.first().map(|meta| ("{document}", meta.id.clone())));
        all.push(kept);
    }
}

async fn marks(world: &mut World, all: &mut Vec<Kept>) {
    for (state, kind) in
        [("photographs", "photographs"), ("no marketing", "marketing"), ("restricted", "restriction"), ("lifted", "photographs")]
    {
        let fields = [
            ("kind", kind),
            ("channel", "phone"),
            ("received-day", "20"),
            ("received-month", "11"),
            ("received-year", "2026"),
            ("received_by", "A leader"),
            ("words", "Please stop."),
            ("about", "self"),
            ("names", "Amelia Hart"),
            ("emails", "amelia.hart@example.org"),
        ];
        let answer = world.maker.post("/requests/new", &fields).await;
        let case = answer.leads_to().split('?').next().unwrap().to_owned();
        if kind == "restriction" {
            let ground = [("ground", "disputed"), ("reasons", "It is contested.")];
            let sent = world.maker.fill(&format!("{case}/restrict"), &ground).await;
            assert_eq!(sent.status.as_u16(), 303, "restrict: {}", sent.body);
        }
        let id = newest(world, "mark");
        if state == "lifted" {
            done(world, &format!("/marks/{id}"), &[("why", "same-person")]).await;
        }
        all.push(Kept::of("mark", state, &id, true));
    }
    let mut ids: Vec<&str> = all.iter().filter(|kept| kept.kind == "mark").filter_map(|kept| kept.stored.as_deref()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4, "each wish made its own mark");
}

async fn messages(world: &mut World, all: &mut Vec<Kept>) {
    let mails = [
        ("looks like a request", "SAR request", "", "Please send me everything about my son."),
        ("other", "Invoice 12", "", "Please find attached."),
        ("machine", "Out of office", "Auto-Submitted: auto-replied\r\n", "I am away."),
        ("set aside", "Menu of the week", "", "Soup."),
        ("became a case", "Subject access request", "", "Please send me what you hold about my daughter."),
    ];
    for (n, (state, subject, more, text)) in mails.into_iter().enumerate() {
        let eml = format!(
            "Received: from x by y; Fri, 20 Nov 2026 21:14:05 +0000\r\nMessage-ID: <{n}@hart.example>\r\nFrom: Joan Hart <joan{n}@hart.example>\r\n\
             To: data@greenbank.example\r\n{more}Subject: {subject}\r\n\r\n{text}\r\n"
        );
        let size = eml.len() as u64;
        take(&world.setting.app, "worker", &Arrived { size, bytes: eml.into_bytes(), at: None }).unwrap();
        let id = newest(world, "message");
        match state {
            "set aside" => done(world, &format!("/inbox/{id}/nothing"), &[("reason", "Nothing for us.")]).await,
            "became a case" => {
                let fields = [
                    ("received-day", "20"),
                    ("received-month", "11"),
                    ("received-year", "2026"),
                    ("about", "child"),
                    ("names", "Edie Hart"),
                    ("asker", "Joan Hart"),
                    ("asker_contact", "joan4@hart.example"),
                ];
                done(world, &format!("/inbox/{id}/request"), &fields).await;
            }
            _ => {}
        }
        all.push(Kept::of("message", state, &id, true));
    }
}

/// A mail of which the server did not say whether it took it: the only one that a page settles.
fn mails(world: &World, all: &mut Vec<Kept>) {
    let app = &world.setting.app;
    let origin = store::Origin { actor: "worker".to_owned(), at_us: app.now_us() };
    let (id, body) = ("mail-in-doubt", serde_json::json!({}));
    let mail = store::NewMail {
        id,
        message_id: "<mail-in-doubt@greenbank.example>",
        once: None,
        record: None,
        subject: None,
        purpose: "acknowledgement",
        body: &body,
        due_us: 0,
    };
    let in_doubt = app.store.write(&origin, |tx| {
        tx.mail_queue(&mail)?;
        while let Some(claimed) = tx.mail_claim("worker", 60_000_000)? {
            if claimed.id == id {
                return tx.mail_end(id, Some("worker"), store::MailEnd::Unknown, "no answer");
            }
        }
        Ok::<_, store::Error>(false)
    });
    assert!(in_doubt.unwrap());
    all.push(Kept { kind: "mail", state: "in doubt", parts: vec![("{id}", id.to_owned())], stored: None, involves: None });
}

async fn searches(world: &mut World, all: &mut Vec<Kept>) {
    let id = record(&mut world.maker).await;
    let plan = format!("/requests/{id}/search-plan");
    let who = actor_by_email(&world.setting.app, "second@example.org").unwrap().user.to_string();
    for (n, state) in ["to do", "found", "nothing", "not searched"].into_iter().enumerate() {
        let once = world.maker.get(&plan).await.hidden("once");
        let fields = [("once", once.as_str()), ("where", "Filing cabinet"), ("medium", "paper"), ("who", &who), ("terms", "Amelia Hart")];
        assert_eq!(world.maker.post(&plan, &fields).await.status.as_u16(), 303);
        let search = format!("{id}.search.{}", n + 1);
        let found: &[(&str, &str)] = match state {
            "found" => &[("found", "items"), ("number", "2")],
            "nothing" => &[("found", "nothing")],
            "not searched" => &[("found", "not"), ("why", "The key is lost.")],
            _ => &[],
        };
        if !found.is_empty() {
            done(world, &format!("/searches/{search}"), found).await;
        }
        all.push(Kept::of("search", state, &search, true));
    }
}

async fn postings(world: &mut World, all: &mut Vec<Kept>) {
    let id = record(&mut world.maker).await;
    done(world, &format!("/requests/{id}/acknowledge"), &[]).await;
    let document = world.setting.app.store.read(|tx| tx.blob_list(&id)).unwrap()[0].id.clone();
    let today = [("on-day", "22"), ("on-month", "11"), ("on-year", "2026"), ("how", "first"), ("act", "posted")];
    let back = [("back-day", "22"), ("back-month", "11"), ("back-year", "2026"), ("why", "Gone away"), ("act", "returned")];
    let settled = [("what", "Posted again"), ("act", "settled")];
    let states: &[(&'static str, Forms<'_>)] =
        &[("printed", &[]), ("posted", &[&today]), ("returned", &[&today, &back]), ("settled", &[&today, &back, &settled])];
    for (state, steps) in states {
        let form = format!("/requests/{id}/documents/{document}/post");
        let once = world.maker.get(&form).await.hidden("once");
        let fields = [("once", once.as_str()), ("address", "Amelia Hart\r\n17 Orchard Rise\r\nBrackwater"), ("how", "first")];
        let printed = world.maker.post(&form, &fields).await;
        let path = printed.leads_to().split('?').next().unwrap().to_owned();
        for step in *steps {
            done(world, &path, step).await;
        }
        let posting = path.rsplit('/').next().unwrap().to_owned();
        all.push(Kept {
            kind: "posting",
            state,
            parts: vec![("{id}", id.clone()), ("{posting}", posting.clone()), ("{document}", document.clone())],
            stored: Some(posting),
            involves: Some(id.clone()),
        });
    }
}

fn accounts(world: &World, all: &mut Vec<Kept>) {
    let app = &world.setting.app;
    let create = |email: &str, role: Role| {
        services::accounts::create(app, role.title(), email, &[role], crate::web::setting::PASSWORD, crate::web::setting::SECRET).unwrap();
        actor_by_email(app, email).unwrap()
    };
    let admin = create("admin@example.org", Role::Administrator);
    for (state, standing) in
        [("invited", Standing::Invited), ("active", Standing::Active), ("suspended", Standing::Suspended), ("left", Standing::Left)]
    {
        let user = create(&format!("{state}@example.org"), Role::Staff).user;
        set_standing(app, &admin, &user, standing).unwrap();
        all.push(Kept { kind: "account", state, parts: vec![("{id}", user.to_string())], stored: None, involves: None });
    }
}

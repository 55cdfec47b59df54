//! Known and unknown people cost the same work: the same statements, as often, in as many transactions. Two installations live
//! through the same day; only the last visitor differs.

use std::collections::BTreeMap;

use domain::people::Role;

use super::open_address;
use super::send::{reference, send};
use crate::web::browser::Browser;
use crate::web::journey::record;
use crate::web::setting::Setting;

/// A day in an installation with a case about Amelia Hart that the staff recorded and one that she sent herself; then somebody
/// sends `fields` to `path`. Gives back what the engine was asked for that one post.
async fn work_of(path: &str, fields: &[(&str, &str)]) -> BTreeMap<&'static str, u64> {
    let setting = Setting::new();
    open_address(&setting);
    let email = setting.account(Role::Lead);
    record(&mut Browser::signed_in(&setting, &email).await).await;
    let mut visitor = Browser::new(&setting);
    let hers = [("which", "access"), ("words", ""), ("name", "Amelia Hart"), ("who", "me"), ("email", "amelia.hart@example.org")];
    reference(&send(&mut visitor, "/portal/request", &hers).await);
    let once = visitor.get(path).await.hidden("once");
    let mut all = vec![("once", once.as_str())];
    all.extend(fields);
    setting.app.store.watch();
    let answer = visitor.post(path, &all).await;
    let counted = setting.app.store.watched();
    assert_eq!(answer.status.as_u16(), 303, "{path}: {}", answer.body);
    assert!(counted["BEGIN TO WRITE"] > 0 && counted.len() > 2, "{counted:?}");
    counted
}

const HER: [(&str, &str); 2] = [("name", "Amelia Hart"), ("email", "amelia.hart@example.org")];
/// Names and addresses of the same shape, and in no record.
const NOBODY: [(&str, &str); 2] = [("name", "Zebedi Quil"), ("email", "zebedi.quil@example.org")];

const OTHER: [(&str, &str); 2] = [("name", "Tom Brill"), ("email", "tom.brill@example.org")];

#[tokio::test]
async fn each_form_costs_the_same_for_the_known_and_the_unknown() {
    let forms: [(&str, &[(&str, &str)]); 4] = [
        ("/portal/request", &[("which", "access"), ("words", ""), ("who", "me")]),
        ("/portal/complaint", &[("about", "data"), ("words", "You lost it."), ("who", "me")]),
        ("/portal/consent", &[("words", "The photographs on the wall."), ("who", "me")]),
        ("/portal/marketing", &[]),
    ];
    for (path, fields) in forms {
        let with = |who: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> { fields.iter().chain(who).copied().collect() };
        assert_eq!(work_of(path, &with(&HER)).await, work_of(path, &with(&NOBODY)).await, "{path}");
        // For somebody else, too: the child of somebody known, and of nobody.
        if path == "/portal/request" {
            let child = |who: &[(&'static str, &'static str)], name: &'static str| -> Vec<(&str, &str)> {
                let fields = fields.iter().filter(|(field, _)| *field != "who");
                fields.chain(who).copied().chain([("who", "child"), ("other", name)]).collect()
            };
            assert_eq!(work_of(path, &child(&OTHER, "Amelia Hart")).await, work_of(path, &child(&OTHER, "Zebedi Quil")).await, "a child");
        }
    }
}

#[tokio::test]
async fn asking_for_a_link_costs_the_same_whatever_fits() {
    let both = ["SAR-2026-0001", "SAR-2026-0002", "SAR-2026-9999", "CMP-2026-0001", "IN-2026-00001", "' OR 1=1 --"];
    let first = work_of("/portal/follow", &[("reference", both[0]), HER[1]]).await;
    for reference in both {
        for (_, email) in [HER[1], NOBODY[1]] {
            assert_eq!(work_of("/portal/follow", &[("reference", reference), ("email", email)]).await, first, "{reference}, {email}");
        }
    }
}

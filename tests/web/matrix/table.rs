//! The table in `docs/permissions.md` against what the program holds: the text it is made from
//! could be read wrongly, so each row is made here a second time, from the lists themselves.

use std::path::Path;

use domain::ids::UserId;
use domain::people::{Actor, Relation, Role, Standing, Verb, may};
use web::routes::{Access, ROUTES};

fn cell(role: Role, verb: Verb) -> &'static str {
    let actor = Actor { user: UserId::new("test"), name: String::new(), roles: vec![role], standing: Standing::Active };
    if may(&actor, verb, Relation::NotInvolved) {
        "yes"
    } else if may(&actor, verb, Relation::Involved) {
        "own"
    } else {
        ""
    }
}

#[test]
fn the_table_of_permissions_has_every_route_as_it_is_and_no_other() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/permissions.md");
    let page = std::fs::read_to_string(path).unwrap();
    let found: Vec<&str> = page.lines().filter(|line| line.starts_with("| GET ") || line.starts_with("| POST ")).collect();
    let wanted: Vec<String> = ROUTES
        .iter()
        .map(|route| {
            let (verb, cells) = match route.access {
                Access::May(verb) => (format!("`{verb:?}`"), Role::ALL.iter().map(|role| cell(*role, verb)).collect::<Vec<_>>()),
                Access::Public => ("anybody".to_owned(), vec!["yes"; Role::ALL.len()]),
            };
            format!("| {} | `{}` | {verb} | {} |", route.method, route.path, cells.join(" | "))
        })
        .collect();
    assert_eq!(found, wanted, "run `cargo xtask gen`");
}

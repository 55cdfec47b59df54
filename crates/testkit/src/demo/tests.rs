use super::*;

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let (one, again, other) = (material(1), material(1), material(2));
    assert_eq!(one.files, again.files);
    assert_ne!(one.files, other.files);
    assert_eq!(one.about, again.about);
}

#[test]
fn there_is_as_much_as_a_small_organisation_has() {
    let material = material(1);
    let count = |start: &str| material.files.iter().filter(|(path, _)| path.starts_with(start)).count();
    assert!((230..280).contains(&count("mailbox/cur/")), "{}", count("mailbox/cur/"));
    assert!(count("shared/") > 60);
    assert!((40..=75).contains(&material.about.len()), "{}", material.about.len());
    let mbox = &material.files.iter().find(|(path, _)| path == MBOX).unwrap().1;
    let messages = String::from_utf8_lossy(mbox).lines().filter(|line| line.starts_with("From ")).count();
    assert!((55..75).contains(&messages), "{messages}");
}

#[test]
fn paths_are_unique_and_every_item_about_the_person_exists() {
    let material = material(3);
    let mut paths: Vec<&String> = material.files.iter().map(|(path, _)| path).collect();
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), material.files.len());
    assert!(material.about.iter().all(|item| paths.contains(&&item.path)));
}

#[test]
fn everyday_paper_never_names_the_person() {
    let material = material(4);
    let about: Vec<&String> = material.about.iter().map(|item| &item.path).collect();
    for (path, bytes) in material.files.iter().filter(|(path, _)| path.starts_with("mailbox/") && !about.contains(&path)) {
        let text = String::from_utf8_lossy(bytes);
        for named in ["Katherine Adeyemi", "Kate Adeyemi", "900417", "kate.adeyemi@"] {
            assert!(!text.contains(named), "{named} in {path}");
        }
    }
}

#[test]
fn every_message_has_a_valid_date_and_sender() {
    for (path, bytes) in material(5).files.iter().filter(|(path, _)| path.starts_with("mailbox/")) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let date = text.lines().find_map(|line| line.strip_prefix("Date: ")).unwrap_or_else(|| panic!("{path}"));
        assert!(jiff::fmt::rfc2822::parse(date).is_ok(), "{path}: {date}");
        assert!(text.contains("\nFrom: ") || text.starts_with("From: "), "{path}");
    }
}

#[test]
fn the_request_is_dated_and_says_who_asks() {
    let material = material(1);
    let mail = String::from_utf8(material.request_mail).unwrap();
    assert!(mail.contains("Date: Fri, 20 Nov 2026 16:12:00 +0000\r\n"));
    let said = [&material.person.names, &material.person.nicknames, &material.person.emails, &material.person.phones];
    assert!(said.into_iter().flatten().chain(&material.person.addresses).all(|text| mail.contains(text.as_str())));
}

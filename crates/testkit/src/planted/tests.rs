use super::*;

fn bytes<'a>(planted: &'a Planted, path: &str) -> &'a [u8] {
    &planted.files.iter().find(|(name, _)| name == path).unwrap_or_else(|| panic!("{path}")).1
}

#[test]
fn the_same_seed_repeats_and_seeds_have_different_people() {
    let (one, again, other) = (planted(1, 120), planted(1, 120), planted(2, 120));
    assert_eq!(one.files, again.files);
    assert_eq!((&one.request_mail, &one.expected), (&again.request_mail, &again.expected));
    assert_ne!(one.person.names, other.person.names);
    assert_ne!(one.directory, other.directory);
    let subjects: std::collections::BTreeSet<String> = (0..12).map(|seed| planted(seed, 0).person.names[0].clone()).collect();
    assert!(subjects.len() > 9);
}

#[test]
fn every_way_is_planted_and_every_expectation_has_its_file() {
    for seed in 0..6 {
        let planted = planted(seed, 40);
        assert_eq!(planted.expected.len(), ways::WAYS.len() * EACH);
        for item in &planted.expected {
            let content = bytes(&planted, &item.path);
            assert!(!item.third_party.is_empty(), "{}", item.how);
            if !item.inside.is_empty() && item.path.starts_with("old-mailbox") {
                assert!(String::from_utf8_lossy(content).contains(&item.inside));
            }
        }
    }
}

#[test]
fn plain_items_contain_exactly_what_is_said_about_others() {
    for seed in 0..6 {
        let planted = planted(seed, 10);
        for item in planted.expected.iter().filter(|item| !item.how.contains(',') && item.path.starts_with("mail/")) {
            let text = String::from_utf8_lossy(bytes(&planted, &item.path)).into_owned();
            if text.contains("Content-Transfer-Encoding: 7bit") && !text.contains("attachment") {
                for other in &item.third_party {
                    assert!(text.contains(other.as_str()), "{}: {other} in {text}", item.how);
                }
            }
        }
    }
}

#[test]
fn attached_pages_keep_what_is_looked_for_on_one_line() {
    let cast = Cast::new();
    let mut rng = Rng::new(8);
    let team = Staff::team(&cast, &mut rng, DOMAIN);
    let subject = cast.draw_subject(&mut rng);
    for block in blocks(SCRIPT) {
        let item = carriers::compose(&mut rng, &cast, &team, &block, "Somebody Else");
        let carried = carriers::carry(&mut rng, carriers::Carrier::Folder, item, &subject);
        let Placed::File(path, file) = carried.place else { panic!("a file") };
        assert!(path.starts_with("shared/") && !carried.third_party.is_empty());
        assert!(::zip::ZipArchive::new(std::io::Cursor::new(file)).is_ok());
    }
}

#[test]
fn noise_never_names_the_person() {
    for seed in 0..4 {
        let planted = planted(seed, 400);
        let (name, email) = (&planted.person.names[0], &planted.person.emails[0]);
        let planted_paths: Vec<&String> = planted.expected.iter().map(|item| &item.path).collect();
        for (path, content) in planted.files.iter().filter(|(path, _)| path.starts_with("mail/") && !planted_paths.contains(&path)) {
            let text = String::from_utf8_lossy(content);
            assert!(!text.contains(name.as_str()) && !text.contains(email.as_str()), "{path}");
        }
    }
}

#[test]
fn the_request_says_who_asks() {
    let planted = planted(3, 0);
    let mail = String::from_utf8(planted.request_mail.clone()).unwrap();
    assert!(mail.contains("Date: Fri, 20 Nov 2026 16:12:00 +0000\r\n"));
    for said in planted.person.names.iter().chain(&planted.person.emails).chain(&planted.person.phones).chain(&planted.person.addresses) {
        assert!(mail.contains(said.as_str()), "{said}");
    }
}

//! The reply of every built-in organisation, set and read back: each item of Article 15 and
//! of the notice of a refusal stands on the page (law sections 2.4, 2.5 and 2.7).

use domain::calendar::{Division, Right};
use domain::casework::request::{
    AnswerFormat, Behalf, Channel, ExtensionGround, Fee, FeeGround, FeeLine, Intake, Person, RefusalGround, Request, Rest,
};
use domain::documents::Form;
use domain::ids::{RecordId, SubjectId, UserId};
use domain::letters::{ActivityText, Letter, ReplyFacts, WithheldText, Writer, fee_statement, plain, refusal, reply};
use domain::personal::Personal;
use domain::policy::{Audience, Policy};
use domain::record::RecordFacts;
use jiff::civil::date;
use services::ports::{PackDocument, Press};

use super::samples::{a_pack, press};

fn request() -> Request {
    let mut request = Request::receive(Intake {
        facts: RecordFacts {
            id: RecordId::new("r1"),
            reference: "SAR-2026-0001".into(),
            owner: None,
            assigned: vec![],
            logged_by: UserId::new("staff"),
            hold: false,
        },
        right: Right::Access,
        subject: SubjectId::new("s1"),
        person: Person { names: vec!["Amelia Hart".into()], ..Person::default() },
        behalf: Behalf::Themselves,
        channel: Channel::Email,
        received_on: date(2026, 10, 26),
        received_by: "office".into(),
        words: "everything".into(),
        logged_on: date(2026, 10, 26),
        division: Division::EnglandAndWales,
    })
    .unwrap();
    let own = |text: &str| Personal::known(&SubjectId::new("s1"), text.to_owned());
    request.answer.recipients = Some(Personal::known(&SubjectId::new("s1"), vec!["Brackwater Council, on 4 May 2025".to_owned()]));
    request.answer.source = Some(own("Oakfield Primary School sent us her file"));
    request
}

fn facts() -> ReplyFacts {
    ReplyFacts {
        items: 7,
        withheld: vec![WithheldText {
            what: "confidential references".into(),
            provision: "Data Protection Act 2018, Schedule 2, paragraph 24".into(),
            why: "they were given in confidence".into(),
            places: 2,
        }],
        unconfirmed: true,
        places: vec!["mailbox of the office".into(), "paper files".into()],
        not_searched: vec!["backup tapes of 2019: they cannot be searched by name".into()],
        unreadable: 3,
    }
}

fn writer(policy: &Policy) -> Writer {
    services::sar::writer(policy, date(2026, 11, 22))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What an independent reader finds on the pages.
fn read(letter: &Letter) -> String {
    let pdf = press().letter(letter).unwrap();
    squeezed(&press().read_back(&pdf).unwrap().join("\n"))
}

fn assert_reads(page: &str, what: &str, who: &str) {
    // The foot of a page may stand between two lines of a text that runs over.
    let found = page.contains(&squeezed(what));
    assert!(found, "{who}: {what:?} is not read back");
}

fn packs() -> Vec<(&'static str, Policy)> {
    Policy::builtin_names().filter(|name| *name != "uk").map(|name| (name, Policy::builtin(name).unwrap())).collect()
}

/// The letter without the foot of each page, which parts a text that runs over.
fn pages(letter: &Letter) -> String {
    let page = read(letter);
    (1..=60).rev().fold(page, |page, all| {
        let mut page = page;
        for now in 1..=all {
            page = page.replace(&format!("{}Page{now}of{all}", squeezed(&letter.reference)), "");
        }
        page
    })
}

/// Items (a) to (d), (g), (h) and Article 15(2), from the record of processing.
fn assert_processing(page: &str, activities: &[ActivityText], who: &str) {
    assert!(!activities.is_empty(), "{who} has a record of processing");
    for activity in activities {
        assert_reads(page, activity.purpose.trim_start_matches("to "), who);
        for text in activity.categories.iter().chain(&activity.recipients).chain(&activity.countries) {
            assert_reads(page, text.get(1..).unwrap_or_default(), who);
        }
        for text in [&activity.retention, &activity.source, &activity.safeguards] {
            assert_reads(page, text.get(1..).unwrap_or_default(), who);
        }
        assert_reads(page, activity.automated.as_deref().and_then(|logic| logic.get(1..)).unwrap_or_default(), who);
    }
    assert_reads(page, "UK GDPR Article 22C", who);
}

/// The routes of complaint and the court.
fn assert_routes(page: &str, writer: &Writer, who: &str) {
    for text in [
        "Data Protection Act 2018, section 164A",
        "Data Protection Act 2018, section 165",
        "Data Protection Act 2018, sections 167 and 180",
        &writer.regulator.name,
        &writer.regulator.web,
        &writer.regulator.phone,
        "court",
    ] {
        assert_reads(page, text, who);
    }
    assert!(!page.contains("Article77"), "{who}: Article 77 is repealed");
}

#[test]
fn the_reply_of_every_organisation_has_every_item_of_article_15() {
    for (name, policy) in packs() {
        let (writer, activities) = (writer(&policy), services::sar::activities(&policy));
        let page = pages(&reply(&writer, &request(), &activities, &facts()));
        for text in [
            "You asked us on 26 October 2026",
            "We confirm that we process personal data about you",
            "A copy comes with this letter: 7 items",
            "Purpose",
            "Categories of data",
            "Recipients",
            "How long we keep them",
            "Source",
            "Brackwater Council, on 4 May 2025",
            "Oakfield Primary School sent us her file",
            "Rectification: you can ask us to correct",
            "Erasure: you can ask us to erase",
            "Restriction: you can ask us to keep your data but not to use them",
            "Objection: you can object",
            "mailbox of the office",
            "paper files",
            "backup tapes of 2019: they cannot be searched by name",
            "Confidential references (2 places)",
            "They were given in confidence. The rule: Data Protection Act 2018, Schedule 2, paragraph 24.",
            "neither confirm nor deny",
            "free of charge",
            "large print, plain text, easy read",
            "For a further copy of the same information we may ask for a reasonable fee",
            &writer.contact,
        ] {
            assert_reads(&page, text, name);
        }
        assert_processing(&page, &activities, name);
        assert_routes(&page, &writer, name);
    }
}

#[test]
fn a_child_s_reply_says_the_same_in_plain_words_and_goes_to_nobody_else() {
    for (name, policy) in packs() {
        let (writer, activities) = (writer(&policy), services::sar::activities(&policy));
        let mut request = request();
        request.answer.audience = Audience::Child;
        let page = pages(&reply(&writer, &request, &activities, &facts()));
        for text in [
            "Yes, we use information about you. A copy comes with this letter. It has 7 parts.",
            "We can read it with you",
            "We have not sent a copy to your parents",
            "Why do we use it?",
            "What do we know about you?",
            "Who else gets it?",
            "How long do we keep it?",
            "Who told us?",
            "These people have been given information about you:",
            "You can tell us when something is wrong, and we put it right.",
            "You can ask us to delete something.",
            "You can ask us not to use something for a while.",
            "You can say that you do not want us to use something.",
            "Does a computer decide things about you?",
            "Does it leave the country?",
            "Confidential references",
            "this letter does not tell you if there is more",
            "This costs you nothing.",
            "big letters",
        ] {
            assert_reads(&page, text, name);
        }
        assert_processing(&page, &activities, name);
        assert_routes(&page, &writer, name);
    }
}

#[test]
fn extension_fee_part_and_second_pack_are_told_with_their_days() {
    let policy = Policy::builtin("childrens-education-cic").unwrap();
    let (writer, activities) = (writer(&policy), services::sar::activities(&policy));
    let mut request = request();
    let now = request.deadline(&domain::calendar::Calendar::embedded(), None, date(2026, 11, 2)).unwrap();
    request = request.extend(ExtensionGround::Complex, "four systems hold your data", date(2026, 11, 2), &now).unwrap();
    let own = |text: &str| Personal::known(&SubjectId::new("s1"), text.to_owned());
    request.answer.rest = Some(Rest { what: own("the e-mails of 2024"), by: date(2026, 12, 18) });
    let lines = vec![FeeLine { what: "copying".into(), pence: 640 }, FeeLine { what: "postage".into(), pence: 215 }];
    request.fee = Some(Fee {
        ground: FeeGround::FurtherCopies,
        reasons: own("a third copy"),
        lines,
        asked: date(2026, 11, 3),
        paid: Some(date(2026, 11, 5)),
    });
    let page = pages(&reply(&writer, &request, &activities, &facts()));
    for text in [
        "We told you on 2 November 2026",
        "it is complex",
        "Four systems hold your data.",
        "£8.55",
        "You paid it on 5 November 2026.",
        "Still to come: The e-mails of 2024.",
        "You will have the rest by 18 December 2026.",
    ] {
        assert_reads(&page, text, "extended");
    }
    let page = pages(&fee_statement(&writer, &request));
    for text in ["£6.40", "£2.15", "£8.55", "a third copy", "The time for our answer begins on the day you pay"] {
        assert_reads(&page, text, "fee");
    }
    assert_routes(&page, &writer, "fee");
    request.supplements.push(domain::casework::request::Supplement {
        on: date(2026, 12, 20),
        by: UserId::new("lead"),
        reason: own("complaint"),
    });
    let letter = reply(&writer, &request, &activities, &facts());
    assert_eq!(letter.title, "Further reply to your request");
    assert_reads(&pages(&letter), "We looked at your request again on 20 December 2026", "second pack");
}

#[test]
fn a_refusal_has_its_five_items_and_a_silent_one_tells_nothing() {
    for (name, policy) in packs() {
        let writer = writer(&policy);
        for ground in RefusalGround::ALL {
            let page = pages(&refusal(&writer, &request(), *ground, "the reasons of this case", &[], false));
            assert_reads(&page, "We will not act on this request, because", name);
            assert_reads(&page, ground.title(), name);
            assert_reads(&page, "the reasons of this case", name);
            assert_routes(&page, &writer, name);
        }
    }
    let policy = Policy::builtin("home-care-provider").unwrap();
    let silent = pages(&refusal(&writer(&policy), &request(), RefusalGround::Exempt, "police inquiry", &facts().withheld, true));
    assert_reads(&silent, "neither confirm nor deny", "silent");
    assert!(!silent.contains("policeinquiry") && !silent.contains("references"), "a silent refusal names nothing");
    assert_routes(&silent, &writer(&policy), "silent");
}

#[test]
fn large_print_and_plain_text_say_what_ordinary_print_says() {
    let policy = Policy::builtin("social-enterprise").unwrap();
    let (writer, activities) = (writer(&policy), services::sar::activities(&policy));
    let mut request = request();
    request.answer.format = AnswerFormat::LargePrint;
    let letter = reply(&writer, &request, &activities, &facts());
    assert_eq!(letter.form, Form::LargePrint);
    let page = pages(&letter);
    assert_processing(&page, &activities, "large print");
    assert_routes(&page, &writer, "large print");
    let text = plain(&letter);
    assert_processing(&squeezed(&text), &activities, "plain text");
    assert_routes(&squeezed(&text), &writer, "plain text");
    assert!(text.lines().all(|line| line.chars().count() <= 72 || !line.trim().contains(' ')));
    let pack = PackDocument { form: Form::LargePrint, ..a_pack() };
    let large = press().pack(&pack).unwrap();
    let read = squeezed(&press().read_back(&large).unwrap().join("\n"));
    let text = services::sar::pack_text(&pack);
    for what in [
        "Quixotically punctual on every day but one.",
        "[withheld 1]",
        "name of another person",
        "It is a private number of somebody else.",
    ] {
        assert_reads(&read, what, "large pack");
        assert_reads(&squeezed(&text), what, "plain pack");
    }
}

//! Who asks, and what may be withheld: journeys A1, B6, D8 and E3 by plain forms, with their
//! exact dates (JOURNEYS), and the answer in parts.

use axum::http::StatusCode;
use domain::RefusalCode;
use domain::people::Role;
use services::requests::work_once;

use super::browser::{Answer, Browser};
use super::setting::Setting;

/// A case in a setting of its own, with somebody who leads it and somebody who signs.
struct Case {
    setting: Setting,
    lead: Browser,
    approver: Browser,
    id: String,
}

const SELF: &[(&str, &str)] = &[("about", "self")];

impl Case {
    /// Records a request about Amelia Hart that reached the organisation on `received`, today.
    async fn new(pack: &str, received: &str, more: &[(&str, &str)]) -> Self {
        let setting = Setting::with(pack);
        setting.at(&format!("{received}T12:00:00Z"));
        let (lead, approver) = (setting.account(Role::Lead), setting.account(Role::Approver));
        let mut lead = Browser::signed_in(&setting, &lead).await;
        let approver = Browser::signed_in(&setting, &approver).await;
        let parts: Vec<&str> = received.split('-').collect();
        let mut fields = vec![
            ("channel", "in_person"),
            ("kind", "access"),
            ("received-year", parts[0]),
            ("received-month", parts[1]),
            ("received-day", parts[2]),
            ("received_by", "Front desk"),
            ("words", "Show me what you wrote about me."),
            ("names", "Amelia Hart"),
        ];
        fields.extend(more);
        let answer = lead.post("/requests/new", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let id = answer.leads_to().strip_prefix("/requests/").unwrap().split('?').next().unwrap().to_owned();
        Self { setting, lead, approver, id }
    }

    async fn act(&mut self, key: &str, fields: &[(&str, &str)]) -> Answer {
        let path = format!("/requests/{}/{key}", self.id);
        self.lead.fill(&path, fields).await
    }

    /// Does an act that must succeed.
    async fn done(&mut self, key: &str, fields: &[(&str, &str)]) {
        let answer = self.act(key, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{key}: {}", answer.body);
    }

    /// Tries an act that must be refused, with these words, or the sentence of this code, on the page.
    async fn refused(&mut self, key: &str, fields: &[(&str, &str)], words: &str) {
        let answer = self.act(key, fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{key}");
        let words = RefusalCode::ALL.iter().find(|code| code.id() == words).map_or(words, |code| code.what());
        let body = answer.body.replace("&#39;", "'");
        assert!(body.contains(words), "{key}: no {words:?} in {body}");
    }

    async fn page(&mut self) -> String {
        let path = format!("/requests/{}", self.id);
        self.lead.get(&path).await.body
    }

    /// The stored file with this title, as text.
    async fn file(&mut self, title: &str) -> String {
        let page = self.page().await;
        let link = page.split("href=\"").find(|part| part.contains("/documents/") && part.contains(&format!(">{title}<")));
        let link = link.unwrap_or_else(|| panic!("no {title} in {page}")).split('"').next().unwrap().to_owned();
        self.lead.get(&link).await.body
    }

    async fn search(&mut self) {
        self.done("search", &[("place", "mailbox")]).await;
        let app = self.setting.app.clone();
        assert!(tokio::task::spawn_blocking(move || work_once(&app, "worker")).await.unwrap().unwrap());
    }

    async fn sign_off(&mut self) {
        let path = format!("/requests/{}/approve", self.id);
        assert_eq!(self.approver.fill(&path, &[]).await.status, StatusCode::SEE_OTHER);
    }

    /// Search, review with everything shown, sign-off.
    async fn prepare_and_approve(&mut self) {
        self.search().await;
        self.done("review/0", &[("decision", "withhold-rest")]).await;
        self.done("prepare", &[]).await;
        self.sign_off().await;
    }

    /// Time moves on; sessions do not last that long.
    async fn go_to(&mut self, day: &str) {
        self.setting.at(&format!("{day}T12:00:00Z"));
        self.lead = Browser::signed_in(&self.setting, "lead@example.org").await;
        self.approver = Browser::signed_in(&self.setting, "approver@example.org").await;
    }
}

const DAUGHTER: &[(&str, &str)] = &[("about", "agent"), ("asker", "Ruth Hart"), ("asker_contact", "ruth@hart.example")];
const CAME: [(&str, &str); 3] = [("on-day", "18"), ("on-month", "1"), ("on-year", "2027")];

fn power(kind: &'static str, registered: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut fields = vec![
        ("kind", kind),
        ("about", "care"),
        ("registered", registered),
        ("lacks", "yes"),
        ("limited", "no"),
        ("seen", "The power, checked on the register."),
    ];
    fields.extend(CAME);
    fields
}

#[tokio::test]
async fn e3_a_daughter_asks_with_a_power_of_attorney_and_health_data_wait_for_an_opinion() {
    let mut case = Case::new("home-care-provider", "2027-01-18", DAUGHTER).await;
    assert!(case.page().await.contains("Thursday 18 February 2027"));
    case.refused("authority-received", &power("lasting_welfare", "no"), "not registered").await;
    case.refused("authority-received", &power("lasting_property", "yes"), "money and property, and not health").await;
    case.refused("authority-received", &power("family", "yes"), "Being family gives no right").await;
    assert!(case.page().await.contains("Authority not accepted"), "the refusals are logged");
    case.done("authority-received", &power("lasting_welfare", "yes")).await;
    assert!(case.page().await.contains("Thursday 18 February 2027"), "it came with the request");
    case.prepare_and_approve().await;
    case.refused("reply", &[], "EXM-003").await;
    let health = [
        ("q-health", "yes"),
        ("q-professional", "no"),
        ("q-known", "no"),
        ("q-again", "no"),
        ("q-opinion_by", "Dr Castleford, GP"),
        ("category", "care notes of 2026"),
        ("reason", "The doctor was asked."),
    ];
    let with =
        |more: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> { health.iter().copied().chain(more.iter().copied()).collect() };
    let old = [
        ("decision", "disclose"),
        ("q-opinion", "not_met"),
        ("q-opinion_on-day", "17"),
        ("q-opinion_on-month", "7"),
        ("q-opinion_on-year", "2026"),
    ];
    case.refused("exemptions/E21", &with(&[("decision", "disclose"), ("q-opinion", "none")]), "EXM-003").await;
    case.refused("exemptions/E21", &with(&[("decision", "withhold"), ("q-opinion", "none")]), "EXM-001").await;
    case.refused("exemptions/E21", &with(&old), "older than six months").await;
    let fresh = [
        ("decision", "disclose"),
        ("q-opinion", "not_met"),
        ("q-opinion_on-day", "10"),
        ("q-opinion_on-month", "1"),
        ("q-opinion_on-year", "2027"),
    ];
    case.done("exemptions/E21", &with(&fresh)).await;
    assert!(case.page().await.contains("changed after it was signed off on 18 January 2027, so it has to be approved again"));
    case.refused("reply", &[], "REQ-010").await;
    case.sign_off().await;
    case.done("reply", &[]).await;
    let letter = case.file("Reply letter").await;
    assert!(letter.contains("Dear Ruth Hart") && letter.contains("as attorney for Amelia Hart"), "{letter}");
}

#[tokio::test]
async fn b6_a_boy_of_14_asks_himself_and_gets_plain_words_that_go_to_nobody_else() {
    let born = [("about", "self"), ("born-day", "20"), ("born-month", "11"), ("born-year", "2012")];
    let mut case = Case::new("childrens-education-cic", "2027-03-03", &born).await;
    let page = case.page().await;
    assert!(page.contains("Monday 5 April 2027") && page.contains("3 April 2027"), "{page}");
    case.done("acknowledge", &[]).await;
    let letter = case.file("Acknowledgement").await;
    for words in ["read it through together", "We have not sent it to your parents", "5 April 2027"] {
        assert!(letter.contains(words), "{words}: {letter}");
    }
    case.prepare_and_approve().await;
    case.done("reply", &[]).await;
    let letter = case.file("Reply letter").await;
    for words in [
        "What we know about you",
        "We can read it with you",
        "We have not sent a copy to your parents",
        "section 164A",
        "section 165",
        "sections 167 and 180",
    ] {
        assert!(letter.contains(words), "{words}: {letter}");
    }
}

#[tokio::test]
async fn d8_no_fixed_fee_a_pause_of_eight_days_and_references_received_are_included() {
    let mut case = Case::new("training-provider", "2027-02-08", SELF).await;
    assert!(case.page().await.contains("Monday 8 March 2027"));
    case.refused("fee", &[("ground", "none"), ("reasons", "We always ask for 10 pounds.")], "superseded").await;
    case.refused("fee", &[("ground", "none")], "CPO-118").await;
    case.refused(
        "fee",
        &[("ground", "excessive"), ("sign", "large"), ("reasons", "So much."), ("lines", "Fee 10.00")],
        "Not enough by itself",
    )
    .await;
    case.refused("fee", &[("ground", "copies"), ("reasons", "A second copy."), ("lines", "")], "REQ-018").await;
    case.go_to("2027-02-15").await;
    case.done("clarify", &[("question", "Which of your courses do you mean?")]).await;
    case.go_to("2027-02-22").await;
    case.done("answered", &[("answer", "All."), ("on-day", "22"), ("on-month", "2"), ("on-year", "2027")]).await;
    let page = case.page().await;
    assert!(page.contains("Tuesday 16 March 2027") && page.contains("8 days"), "{page}");
    let reference = [
        ("q-reference", "yes"),
        ("q-confidence", "yes"),
        ("q-promised", "yes"),
        ("category", "references received"),
        ("reason", "CPO-112"),
    ];
    let with = |decision| -> Vec<(&str, &str)> { reference.iter().copied().chain([("decision", decision)]).collect() };
    case.refused("exemptions/E09", &with("withhold"), "policy promises").await;
    case.done("exemptions/E09", &with("disclose")).await;
    let path = format!("/requests/{}/exemptions", case.id);
    assert!(case.lead.get(&path).await.body.contains("Disclosed"), "both outcomes are recorded");
}

#[tokio::test]
async fn a1_a_mother_gets_nothing_without_the_child_s_judgement_or_against_a_court() {
    let mother = [
        ("about", "child"),
        ("born-day", "17"),
        ("born-month", "5"),
        ("born-year", "2013"),
        ("asker", "Odalys Hart"),
        ("asker_contact", "odalys@hart.example"),
    ];
    let mut case = Case::new("advocacy-charity", "2026-11-28", &mother).await;
    assert!(case.page().await.contains("Tuesday 29 December 2026"));
    let parental = [
        ("kind", "parental"),
        ("about", "both"),
        ("limited", "yes"),
        ("seen", "Birth certificate and order."),
        ("on-day", "28"),
        ("on-month", "11"),
        ("on-year", "2026"),
    ];
    case.refused("authority-received", &parental, "A court has limited it").await;
    case.prepare_and_approve().await;
    case.refused("reply", &[], "AUT-001").await;
    assert!(case.page().await.contains("A court has limited it or forbids this."), "it stands on the case");
    let free: Vec<(&str, &str)> = parental.into_iter().map(|(name, value)| (name, if name == "limited" { "no" } else { value })).collect();
    case.done("authority-received", &free).await;
    case.refused("reply", &[], "REQ-015").await;
    let path = format!("/requests/{}/capacity", case.id);
    assert!(case.lead.get(&path).await.body.contains("The age does not decide"));
    let able = [("understands", "yes"), ("reasons", "She explained it in her own words."), ("view", "Mum may see it.")];
    case.done("capacity", &able).await;
    case.refused("reply", &[], "REQ-015").await;
    let agreed: Vec<(&str, &str)> =
        able.into_iter().chain([("consent-day", "28"), ("consent-month", "11"), ("consent-year", "2026")]).collect();
    case.done("capacity", &agreed).await;
    case.done("reply", &[]).await;
    assert!(case.file("Reply letter").await.contains("Dear Odalys Hart"));
}

#[tokio::test]
async fn identity_is_confirmed_by_a_means_the_policy_allows_and_nothing_else() {
    let mut case = Case::new("childrens-education-cic", "2027-03-03", SELF).await;
    case.done("identity", &[("doubt", "The address is new.")]).await;
    let ahead = [("means", "question"), ("seen", "asked"), ("on-day", "4"), ("on-month", "3"), ("on-year", "2027")];
    case.refused("identity-received", &ahead, "REQ-019").await;
    let on = [("on-day", "3"), ("on-month", "3"), ("on-year", "2027")];
    let with = |more: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> { on.iter().copied().chain(more.iter().copied()).collect() };
    let expired = [("means", "documents"), ("seen", "passport"), ("expires-day", "2"), ("expires-month", "3"), ("expires-year", "2027")];
    case.refused("identity-received", &with(&expired), "IDN-001").await;
    case.refused("identity-received", &with(&[("means", "call_back"), ("seen", "called"), ("number", "request")]), "IDN-002").await;
    case.done("identity-received", &with(&[("means", "call_back"), ("seen", "called her at home"), ("number", "own")])).await;
}

#[tokio::test]
async fn what_an_exemption_covers_stays_out_and_the_letter_names_it_or_keeps_silent() {
    for (told, says, hides) in
        [("yes", "Schedule 2, paragraph 19", "neither confirm nor deny"), ("no", "neither confirm nor deny", "paragraph 19")]
    {
        let mut case = Case::new("childrens-education-cic", "2027-03-03", SELF).await;
        case.search().await;
        let privilege = [
            ("q-lawyer", "yes"),
            ("q-purpose", "yes"),
            ("q-shared", "no"),
            ("decision", "withhold"),
            ("items", "1"),
            ("reason", "Advice of our solicitor."),
            ("told", told),
        ];
        case.refused("exemptions/E05", &privilege, "EXM-002").await;
        let named: Vec<(&str, &str)> = privilege.into_iter().chain([("category", "letters of our solicitor")]).collect();
        case.done("exemptions/E05", &named).await;
        case.done("review/0", &[("decision", "withhold-rest")]).await;
        case.done("prepare", &[]).await;
        case.sign_off().await;
        case.done("reply", &[]).await;
        let letter = case.file("Reply letter").await;
        assert!(letter.contains(says) && !letter.contains(hides), "{told}: {letter}");
        assert!(!case.file("Pack").await.contains("Amelia Hart met"), "the item is not in the pack");
    }
}

#[tokio::test]
async fn an_address_that_must_not_be_shown_stands_in_no_letter_and_in_no_pack() {
    let mut case = Case::new("childrens-education-cic", "2027-03-03", SELF).await;
    case.done("addresses", &[("addresses", "on Tuesday")]).await;
    case.refused("clarify", &[("question", "Do you mean the visit on Tuesday?")], "ADR-001").await;
    case.prepare_and_approve().await;
    case.done("reply", &[]).await;
    let pack = case.file("Pack").await;
    assert!(pack.contains("Amelia Hart") && !pack.contains("Tuesday"), "{pack}");
}

#[tokio::test]
async fn a_first_part_goes_out_the_rest_follows_and_a_second_pack_stands_beside_them() {
    let mut case = Case::new("childrens-education-cic", "2027-03-03", SELF).await;
    case.search().await;
    let late = [("what", "the mails of 2024"), ("by-day", "6"), ("by-month", "4"), ("by-year", "2027")];
    case.refused("part", &late, "REQ-016").await;
    let part = [("what", "the mails of 2024"), ("by-day", "1"), ("by-month", "4"), ("by-year", "2027")];
    case.done("part", &part).await;
    case.sign_off().await;
    case.done("reply", &[]).await;
    let first = case.file("Reply letter").await;
    assert!(first.contains("Still to come: The mails of 2024.") && first.contains("1 April 2027"), "{first}");
    assert!(case.page().await.contains("Due 5 April 2027"), "the clock goes on");
    case.done("review/0", &[("decision", "withhold-rest")]).await;
    case.done("prepare", &[]).await;
    case.sign_off().await;
    case.done("reply", &[]).await;
    assert!(case.file("Pack, sending 2").await.contains("Amelia Hart"));
    case.done("again", &[("reason", "She complained that letters are missing.")]).await;
    assert!(case.page().await.contains("Answered on 3 March 2027"), "the answer was given in time");
    case.done("prepare", &[]).await;
    case.sign_off().await;
    case.done("reply", &[]).await;
    assert!(case.file("Reply letter, sending 3").await.contains("We looked at your request again"));
    assert_eq!(case.file("Reply letter").await, first, "what was sent stays as it was sent");
}

#[tokio::test]
async fn large_print_and_plain_text_are_made_when_they_are_asked_for() {
    let mut case = Case::new("childrens-education-cic", "2027-03-03", SELF).await;
    let wanted =
        [("audience", "easy"), ("format", "plain_text"), ("recipients", "Brackwater Council, 4 May 2026"), ("source", "her school")];
    case.done("answer", &wanted).await;
    case.prepare_and_approve().await;
    case.done("reply", &[]).await;
    let text = case.file("Reply letter, plain text").await;
    assert!(text.contains("Brackwater Council, 4 May 2026") && text.contains("Her school."), "{text}");
    assert!(case.file("Pack, plain text").await.contains("Amelia Hart met [withheld"));
}

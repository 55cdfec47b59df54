//! The patterns, as data. ASCII word boundaries and digit classes only: Unicode ones throw the automaton
//! out of its fast path. A test holds this file to it.

/// What a pattern proposes before its checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Email,
    Url,
    Ip,
    Iban,
    Licence,
    NationalInsurance,
    Postcode,
    Vehicle,
    Passport,
    WordyDate,
    Address,
    Numbers,
    Age,
    Special,
    Reference,
    Amount,
    Duration,
}

/// Families and their patterns; among matches that begin at one place the earlier row wins.
pub(super) const RULES: &[(Family, &str)] = &[
    (
        Family::Url,
        r"(?i-u)(?-u:\b)(?:https?|ftp)://[^\x00-\x20<>\x22{}|\\^`]{2,}|(?-u:\b)www\.[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\x00-\x20<>\x22{}|\\^`]*)?",
    ),
    (Family::Email, r"(?i-u)[a-z0-9][a-z0-9._%+'-]*@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+"),
    (Family::Licence, r"(?i-u)(?-u:\b)[a-z][a-z9]{4} ?[0-9]{6} ?[a-z9]{2} ?[a-z0-9]{3}(?-u:\b)"),
    (Family::Iban, r"(?i-u)(?-u:\b)[a-z]{2}[0-9]{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?-u:\b)"),
    (Family::NationalInsurance, r"(?i-u)(?-u:\b)[a-z]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[a-d](?-u:\b)"),
    (Family::Passport, r"(?i-u)(?-u:\b)[a-z]{2}[0-9]{7}(?-u:\b)"),
    (Family::Vehicle, r"(?i-u)(?-u:\b)(?:[a-z]{2}[0-9]{2} ?[a-z]{3}|[a-z][0-9]{1,3} ?[a-z]{3}|[a-z]{3} ?[0-9]{1,3}[a-z])(?-u:\b)"),
    (Family::Postcode, r"(?i-u)(?-u:\b)(?:gir ?0aa|[a-z]{1,2}[0-9][a-z0-9]?(?: |\xC2\xA0){0,2}[0-9][a-z]{2})(?-u:\b)"),
    (
        Family::Ip,
        r"(?i-u)(?-u:\b)(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6})(?-u:\b)",
    ),
    (
        Family::WordyDate,
        r"(?i-u)(?-u:\b)(?:[0-3]?[0-9](?: ?st| ?nd| ?rd| ?th)?(?: of)?[ -](?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?:,?[ -](?:(?:1[89]|20)[0-9]{2}|'?[0-9]{2}))?|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.? [0-3]?[0-9](?:st|nd|rd|th)?,? (?:1[89]|20)[0-9]{2}|(?:january|february|march|april|may|june|july|august|september|october|november|december),? (?:1[89]|20)[0-9]{2})(?-u:\b)",
    ),
    (
        Family::Age,
        r"(?i-u)(?-u:\b)(?:aged? (?:of )?[0-9]{1,3}|(?:aged |age of )?(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty)(?:-[a-z]{3,5})? years (?:old|of age)|[0-9]{1,3}(?:[ -]|\xC2\xA0)?(?:years?|yrs?)[ -]old|[0-9]{1,3}(?: |\xC2\xA0)years of age|[0-9]{1,3}[ -]?y/?o|turn(?:s|ed|ing)? [0-9]{1,3}|is (?:now |only |just )?[0-9]{1,2} (?:today|now|this year|next (?:week|month|year))|(?:he|she) (?:is|was) (?:only |just |now )?[0-9]{1,2}|age: ?[0-9]{1,3})(?-u:\b)",
    ),
    (
        Family::Address,
        r"(?-iu)(?-u:\b)[0-9]{1,5}[a-hA-H]?,? (?:Heol|Ffordd|Stryd|Rhodfa|Maes|L\xC3\xB4n|Lon|Clos|Cwrt|Parc|Bryn|Cae|Rue|Via|Calle|Rua) [A-Za-z\x80-\xff][a-z\x80-\xff'-]*(?: [A-Z][A-Za-z\x80-\xff'-]*){0,2}",
    ),
    (
        Family::Address,
        r"(?i-u)(?-u:\b)(?:(?:flat|unit|apartment|apt\.?|suite|room) [0-9a-z]{1,5},? +)?[0-9]{1,5}[a-h]?(?: ?[-/] ?[0-9]{1,4}[a-h]?)?,? (?:st\.? )?(?:[a-z\x80-\xff][a-z\x80-\xff'.-]*,? ){0,4}?(?:street|st|road|rd|lane|ln|avenue|ave|close|drive|court|crescent|cres|place|square|sq|terrace|gardens|gdns|grove|way|hill|mews|row|view|park|parade|rise|green|walk|yard|wharf|quay|gate|embankment|broadway|croft|meadows?|orchard|cottages?|heol|ffordd|stryd|rhodfa|maes|boulevard|blvd|strasse|gasse|vale|bank|fold|drove|villas|esplanade|promenade)\.?(?: (?:street|st|road|rd|lane|avenue|ave|close|drive|court|crescent|place|square|terrace|gardens|grove|way|hill|mews|row|view|park|parade|rise|green|walk|yard|croft|cottages?|house|villas)(?-u:\b)){0,2}(?-u:\b)",
    ),
    (
        Family::Address,
        r"(?i-u)(?-u:\b)(?:flat|apartment|apt\.?|suite|unit) (?:no\.? ?)?[0-9]{1,4}[a-z]?(?-u:\b)|(?-u:\b)p\.? ?o\.? box [0-9]{1,6}(?-u:\b)",
    ),
    (
        Family::Reference,
        r"(?i-u)(?-u:\b)(?:ref(?:erence)?|case|file|policy|claim|customer|membership|member|invoice|application|applications|employee|payroll|pupil|student|complaint|booking|order|docket|index|plot|parcel|register|registration)(?: (?:nos?|numbers?|ref|id)(?-u:\b))?[.:]? ?[(#]?[a-z]{0,6}[-/]?[0-9][a-z0-9/-]{2,20}(?-u:\b)",
    ),
    (
        Family::Amount,
        r"(?-u:\b)(?:(?:approximately|about|approx\.) )?(?:EUR|GBP|USD|TRL|TRY|PLN|SEK|NOK|DKK|CHF|ATS|DEM|FRF|ITL|HUF|CZK|CYP|ROL|RON|BGN|UAH|RUB|JPY|INR|CAD|AUD) ?[0-9][0-9,.]*(?: ?(?:million|billion))?|[£€$] ?[0-9][0-9,.]*(?: ?(?:million|billion|m|k)(?-u:\b))?|(?-u:\b)(?:(?:approximately|about|approx\.) )?[0-9][0-9,.]* (?:(?:million|billion) )?(?:EUR|TRL|TRY|PLN|SEK|ATS|DEM|GBP|USD|(?:New )?(?:[A-Z][A-Za-z]+ )?(?:[Ee]uros?|[Pp]ounds(?: sterling)?|[Dd]ollars|[Ll]iras?|[Zz]lotys?|[Kk]roner|[Kk]ronor|[Mm]arks?|[Ss]chillings|[Ff]rancs|[Ff]orints|[Rr]oubles|[Rr]upees))(?-u:\b)(?: \([A-Z]{3}\))?|(?-u:\b)(?:[0-9]{1,3} (?:to|and) )?[0-9]{1,3}(?:\.[0-9]{1,3})? ?(?:%|per cent(?-u:\b)|percent(?-u:\b))",
    ),
    (
        Family::Amount,
        r"(?i-u)(?-u:\b)(?:(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine|hundred|thousand)){0,3}|[0-9]{1,4}) (?:other |different |further |more |separate |adjacent )?(?:persons?|people|children|sons|daughters|brothers|sisters|men|women|pupils|suspects|defendants|co-defendants|accused|plaintiffs|claimants|applicants|complainants|colleagues|employees|members|landowners|owners|others|hearings|occasions|orders|decisions|counts|offences|sessions|operations|times|instalments|plots|flats|rooms|acres|hectares|square metres|metres|kilometres|miles|kilograms|euros|pounds|dollars)(?-u:\b)",
    ),
    (
        Family::Amount,
        r"(?i-u)(?-u:\b)[0-9]{1,5}(?:[.,][0-9]{1,3})?(?: x [0-9]{1,4})?(?: |\xC2\xA0)?(?:km/h|mph|km|kg|hectares?|ha|sq\.? ?m|m2|m\xC2\xB2|cm|mm|metres?|kilometres?|miles?|acres?|tonnes?|litres?)(?-u:\b)",
    ),
    (
        Family::Duration,
        r"(?i-u)(?-u:\b)(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|eighteen|twenty|thirty|forty|several)(?: and a half)?(?:[ -]|\xC2\xA0)(?:calendar |working )?(?:years?|months?|weeks?|days?|hours?)(?:(?:,| and) (?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven) (?:months?|weeks?|days?))?(?-u:\b)",
    ),
    (Family::Numbers, r"(?:\+ ?|\(\+?)?[0-9](?:[ ./()-]{0,3}[0-9]){5,22}"),
    (
        Family::Special,
        r"(?i-u)(?-u:\b)(?:autis(?:m|tic)|adhd|dyslexi[ac]|asthma(?:tic)?|diabet(?:es|ic)|epilep(?:sy|tic)|cancer|pregnan(?:t|cy)|miscarriage|depression|anxiety disorder|self[- ]harm(?:ed|ing)?|suicid(?:e|al)|anorexia|bulimia|disabilit(?:y|ies)|disabled|wheelchair|hiv(?: positive)?|(?:paranoid )?schizophreni[ac]|bipolar|psychosis|dementia|diagnos(?:is|ed)|medication|mental health|safeguarding concern|child protection|sexual(?:ly)? (?:abuse|abused|assault|assaulted|orientation)|domestic (?:abuse|violence)|transgender|non-binary|gay|lesbian|bisexual|trade union|shop steward|conviction|convicted|arrested|caution(?:ed)? by police|criminal record|on bail|probation order|asylum seeker|refugee status|muslims?|islamic|catholics?|jew(?:s|ish)?|hindus?|sikhs?|buddhists?|jehovah(?:'|\xE2\x80\x99)s witness(?:es)?|protestants?|atheists?|ethnic(?:ity| minority| origin)|mixed race|(?:labour|conservative|liberal democrat|green|communist) party|fractur(?:e|es|ed)|injur(?:y|ies|ed)|illness|[a-z]{3,12}(?:itis|osis|algia|opathy)|syndrome|tumou?rs?|arthritic|sciatica|stroke victim|psychiatric|psychotic|(?:life )?imprison(?:ed|ment)|life sentence|loss of (?:vision|sight|hearing)|(?:total|partial|permanent) disability|gave birth|remanded|foster(?:ed)? (?:child|care)|looked[- ]after child|adopted child)(?-u:\b)",
    ),
];

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn no_pattern_leaves_the_fast_path() {
        for (family, rule) in RULES {
            let bare = rule.replace(r"(?-u:\b)", "");
            for slow in [r"\b", r"\B", r"\d", r"\w", r"\s", r"\D", r"\W", r"\S", "(?i)"] {
                assert!(!bare.contains(slow), "{family:?} uses {slow}");
            }
        }
    }
}

//! The patterns, as data. ASCII word boundaries and digit classes only: Unicode ones throw the automaton
//! out of its fast path. A test holds this file to it.

use std::borrow::Cow;

use super::category::Category;
use super::special;

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
    Special(Category),
    Reference,
    Amount,
    Duration,
    /// A time of day.
    Time,
    /// What follows `no.` or `nos.`.
    Listed,
    /// A number with the name of its register before it.
    Named,
    /// An account on a social network.
    Handle,
    /// Three words for a place on the map.
    Spot,
    /// An account after the name of its network.
    Account,
    /// A vehicle mark without a sign for its year.
    OldMark,
}

/// Families and their patterns; among matches that begin at one place the earlier row wins.
const RULES: &[(Family, &str)] = &[
    (
        Family::Email,
        r"(?i-u)[a-z0-9][a-z0-9._%+'-]*(?:@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+| ?[\[(]at[\])] ?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:(?:\.| ?[\[(]dot[\])] ?)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+|(?: dot [a-z0-9_-]+)* at [a-z0-9-]+(?: dot [a-z0-9-]+)* dot (?:com|org|net|uk|co dot uk|eu|ie|info|me|example)(?-u:\b))",
    ),
    (
        Family::Url,
        // With the way in front of it; the host alone where it can be nothing else, or with a path behind it.
        r"(?i-u)(?-u:\b)(?:https?|ftp)://[^\x00-\x20<>\x22{}|\\^`]{2,}|(?-u:\b)www\.[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\x00-\x20<>\x22{}|\\^`]*)?|(?-u:\b)(?:[a-z0-9-]+\.)+(?:com|org|net|uk|eu|ie|info|biz|io|co|me|app|dev|gov|edu|int|tv|gg|ly|be|fm|ee|social|online|site|charity|school|wales|scot|cymru|london|de|fr|es|it|nl|pl|example)/[^\x00-\x20<>\x22{}|\\^`]+|(?-u:\b)(?:[a-z0-9-]{2,}\.)+(?-i:(?:co|org|ac|gov|sch|nhs|ltd|me)\.uk|com|org|net)(?-u:\b)",
    ),
    (Family::Licence, r"(?i-u)(?-u:\b)[a-z][a-z9]{4} ?[0-9]{6} ?[a-z9]{2} ?[a-z0-9]{3}(?-u:\b)"),
    (Family::Iban, r"(?i-u)(?-u:\b)[a-z]{2}[0-9]{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?-u:\b)"),
    (
        Family::NationalInsurance,
        r"(?i-u)(?-u:\b)[a-z]{2}(?:[ .-]{0,2}|\xC2\xA0)[0-9]{2}(?:[ .-]{0,2}|\xC2\xA0)[0-9]{2}(?:[ .-]{0,2}|\xC2\xA0)[0-9]{2}(?:(?:[ .-]{0,2}|\xC2\xA0)[a-d])?(?-u:\b)",
    ),
    (Family::Passport, r"(?i-u)(?-u:\b)[a-z]{2}[0-9]{7}(?-u:\b)"),
    (Family::Vehicle, r"(?i-u)(?-u:\b)(?:[a-z]{2}[0-9]{2} ?[a-z]{3}|[a-z][0-9]{1,3} ?[a-z]{3}|[a-z]{3} ?[0-9]{1,3}[a-z])(?-u:\b)"),
    (Family::Postcode, r"(?i-u)(?-u:\b)(?:gir ?0aa|[a-z]{1,2}[0-9][a-z0-9]?(?: |\xC2\xA0){0,2}[0-9][a-z]{2})(?-u:\b)"),
    (
        Family::Ip,
        r"(?i-u)(?-u:\b)(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6})(?-u:\b)",
    ),
    (
        Family::WordyDate,
        r"(?i-u)(?-u:\b)(?:[0-3]?[0-9](?: ?st| ?nd| ?rd| ?th)?(?: of| day of)?[ ./-](?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?:,?[ ./-](?:(?:1[89]|20)[0-9]{2}|'?[0-9]{2}))?|(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|twenty-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirty-first)(?: day)? of (?:january|february|march|april|may|june|july|august|september|october|november|december)(?:,? (?:(?:1[89]|20)[0-9]{2}|(?:nineteen|twenty)(?: hundred)?(?:[ -](?:and|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|one|two|three|four|five|six|seven|eight|nine)){1,3}|two thousand(?:[ -](?:and|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|one|two|three|four|five|six|seven|eight|nine)){0,3}))?|(?:spring|summer|autumn|winter)(?: and (?:spring|summer|autumn|winter))? (?:of )?(?:1[89]|20)[0-9]{2}|(?:1[89]|20)[0-9]{2}(?:-|\xE2\x80\x93)(?:1[89]|20)[0-9]{2}|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.? [0-3]?[0-9](?:st|nd|rd|th)?,? (?:1[89]|20)[0-9]{2}|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,? (?:1[89]|20)[0-9]{2})(?-u:\b)",
    ),
    (
        Family::Age,
        r"(?i-u)(?-u:\b)(?:aged? (?:of )?(?:[0-9]{1,3}|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?))(?:(?:[ -]|\xC2\xA0)(?:years?|months?|weeks?)(?: old)?)?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)(?:[ -]|\xC2\xA0)(?:years?|months?|weeks?)(?:[ -]|\xC2\xA0)(?:olds?|of age)|[0-9]{1,3}(?:(?:[ -]|\xC2\xA0))?(?:years?|yrs?|months?|mths?|weeks?|wks?)(?:[ -]|\xC2\xA0)olds?|[0-9]{1,3}(?: |\xC2\xA0)(?:years|months) of age|[0-9]{1,3}[ -]?y[./]?o|turn(?:s|ed|ing)? [0-9]{1,3}|is (?:now |only |just )?[0-9]{1,2} (?:today|now|this year|next (?:week|month|year))|(?:he|she) (?:is|was) (?:only |just |now )?[0-9]{1,2}(?:(?:[ -]|\xC2\xA0)years?(?:[ -]|\xC2\xA0)old)?|age: ?[0-9]{1,3}|in (?:his|her|their) (?:early |mid[ -]|late )?(?:teens|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|[2-9]0s))(?-u:\b)",
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
        r"(?i-u)(?-u:\b)(?:ref(?:erence)?|case|file|policy|claim|customer|client|donor|learner|patient|candidate|tenant|tenancy|volunteer|supporter|voucher|membership|member|invoice|application|applications|employee|payroll|pupil|student|complaint|booking|order|docket|index|plot|parcel|register|registration)(?: (?:nos?|numbers?|ref|id)(?-u:\b))?[.:]? ?[(#]?[a-z]{0,6}[-/]?[0-9][a-z0-9/-]{2,20}(?-u:\b)",
    ),
    (
        Family::Amount,
        r"(?-u:\b)(?:(?:approximately|about|approx\.) )?(?:EUR|GBP|USD|TRL|TRY|PLN|SEK|NOK|DKK|CHF|ATS|DEM|FRF|ITL|HUF|CZK|CYP|ROL|RON|BGN|UAH|RUB|JPY|INR|CAD|AUD) ?[0-9][0-9,.]*(?: ?(?:million|billion))?(?: \((?:[Ee]uros?|[Pp]ounds|[Dd]ollars)\))?|[£€$] ?[0-9][0-9,.]*(?: ?(?:million|billion|m|k)(?-u:\b))?|(?-u:\b)(?:(?:approximately|about|approx\.) )?[0-9][0-9,.]* (?:(?:million|billion) )?(?:EUR|TRL|TRY|PLN|SEK|ATS|DEM|GBP|USD|(?:New )?(?:[A-Z][A-Za-z]+ )?(?:[Ee]uros?|[Pp]ounds(?: sterling)?|[Dd]ollars|[Ll]iras?|[Zz]lotys?|[Kk]roner|[Kk]ronor|[Mm]arks?|[Ss]chillings|[Ff]rancs|[Ff]orints|[Rr]oubles|[Rr]upees))(?-u:\b)(?: \([A-Z]{3}\))?|(?-u:\b)(?:[0-9]{1,3} (?:to|and) )?[0-9]{1,3}(?:\.[0-9]{1,3})? ?(?:%|per cent(?-u:\b)|percent(?-u:\b))",
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
        r"(?i-u)(?-u:\b)(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|eighteen|(?:twenty|thirty|forty|fifty)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|several)(?: and a half)?(?:[ -]|\xC2\xA0)(?:calendar |working )?(?:years?|months?|weeks?|days?|hours?)(?:(?:,| and) (?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven) (?:months?|weeks?|days?))?(?-u:\b)",
    ),
    (
        Family::Time,
        r"(?i-u)(?-u:\b)(?:(?:1[0-2]|0?[1-9])(?:[.:][0-5][0-9])? ?(?:a\.?m(?-u:\b)\.?|p\.?m(?-u:\b)\.?)|(?:[01]?[0-9]|2[0-3])[.:][0-5][0-9] ?(?:hours|hrs|h)(?-u:\b)|12 noon(?-u:\b)|(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?-u:\b))",
    ),
    (
        Family::Listed,
        r"(?i-u)(?-u:\b)(?:nos?\.?|sheet/plan(?: nos?\.?)?)(?: |\xC2\xA0)?[a-z]{0,4}[/-]?[0-9]{1,7}(?:[./-][0-9a-z]{1,6}){0,4}(?:(?:, ?| and | & )[0-9]{1,6}(?:[./-][0-9a-z]{1,6}){0,3}){0,12}(?-u:\b)",
    ),
    (
        Family::Named,
        r"(?i-u)(?-u:\b)(?:utr|unique taxpayer(?: reference)?|tax(?:payer)? ref(?:erence)?|upn|unique pupil n(?:umber|o)|uln|unique learner n(?:umber|o)|gmc|nmc|hcpc|gdc|gphc|social work england|swe|dbs|crb|council tax(?: (?:account|ref(?:erence)?))?|paye|trn|brp|biometric residence permit|imei|hospital n(?:umber|o)|mrn|crn|share code)(?: (?:pin|reg(?:istration)?|certificate|account|ref(?:erence)?|nos?|numbers?|id)(?-u:\b)){0,3}[.:]?(?: is| was)? ?#?[a-z]{0,3}[ /-]?[0-9][0-9a-z]*(?:[ /-][a-z]{0,2}[0-9]{1,8}[a-z]{0,3}){0,5}(?-u:\b)",
    ),
    (
        Family::Account,
        r"(?i-u)(?-u:\b)(?:discord|instagram|insta|ig|twitter|snap ?chat|snap|tik ?tok|facebook|fb|linked ?in|telegram|skype|youtube|threads|mastodon|blue ?sky|twitch|reddit|roblox|xbox|psn|steam|signal|gamer ?tag|whats ?app)(?:(?: (?:user ?name|name|handle|account|id|tag|profile))?(?: is)? ?[:=] ?| (?:user ?name|handle|id|tag)(?: is)? | is | )@?[a-z0-9_][a-z0-9_.-]{1,30}[a-z0-9_](?:#[0-9]{3,5})?",
    ),
    (Family::Spot, r"(?-iu)///[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,}"),
    (Family::Handle, r"(?i-u)@[a-z0-9_][a-z0-9_.-]{1,30}[a-z0-9_](?:@[a-z0-9-]+(?:\.[a-z0-9-]+)+)?"),
    (Family::Numbers, r"(?:\+ ?|\(\+?)?[0-9](?:[ ./()-]{0,3}[0-9]){5,22}"),
    (Family::Numbers, r"(?-u:\b)[0-9]{1,2}(?:/[0-9]{1,2}/|-[0-9]{1,2}-|\.[0-9]{1,2}\.)[0-9]{2}(?-u:\b)"),
];

/// What is looked for only where nothing else begins, the words about special categories among it.
const LAST: &[(Family, &str)] = &[(Family::OldMark, r"(?i-u)(?-u:\b)(?:[a-z]{1,3} ?[1-9][0-9]{0,3}|[1-9][0-9]{0,3} ?[a-z]{1,3})(?-u:\b)")];

/// All patterns in their order.
pub(super) fn all() -> impl Iterator<Item = (Family, Cow<'static, str>)> {
    let given = |rules: &'static [(Family, &'static str)]| rules.iter().map(|(family, rule)| (*family, Cow::Borrowed(*rule)));
    let special = special::patterns().map(|(category, rule)| (Family::Special(category), Cow::Owned(rule)));
    given(RULES).chain(special).chain(given(LAST))
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn no_pattern_leaves_the_fast_path() {
        for (family, rule) in all() {
            let bare = rule.replace(r"(?-u:\b)", "");
            for slow in [r"\b", r"\B", r"\d", r"\w", r"\s", r"\D", r"\W", r"\S", "(?i)"] {
                assert!(!bare.contains(slow), "{family:?} uses {slow}");
            }
        }
    }
}

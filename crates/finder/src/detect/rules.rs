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
    /// A time of day.
    Time,
    /// What follows `no.` or `nos.`.
    Listed,
    /// A number with the name of its register before it.
    Named,
    /// An account on a social network.
    Handle,
    /// A vehicle mark without a sign for its year.
    OldMark,
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
        r"(?i-u)(?-u:\b)(?:[0-3]?[0-9](?: ?st| ?nd| ?rd| ?th)?(?: of| day of)?[ ./-](?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?:,?[ ./-](?:(?:1[89]|20)[0-9]{2}|'?[0-9]{2}))?|(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|twenty-(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirty-first)(?: day)? of (?:january|february|march|april|may|june|july|august|september|october|november|december)(?:,? (?:(?:1[89]|20)[0-9]{2}|(?:nineteen|twenty)(?: hundred)?(?:[ -](?:and|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|one|two|three|four|five|six|seven|eight|nine)){1,3}|two thousand(?:[ -](?:and|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|one|two|three|four|five|six|seven|eight|nine)){0,3}))?|(?:spring|summer|autumn|winter)(?: and (?:spring|summer|autumn|winter))? (?:of )?(?:1[89]|20)[0-9]{2}|(?:1[89]|20)[0-9]{2}(?:-|\xE2\x80\x93)(?:1[89]|20)[0-9]{2}|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.? [0-3]?[0-9](?:st|nd|rd|th)?,? (?:1[89]|20)[0-9]{2}|(?:january|february|march|april|may|june|july|august|september|october|november|december),? (?:1[89]|20)[0-9]{2})(?-u:\b)",
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
        r"(?i-u)(?-u:\b)(?:ref(?:erence)?|case|file|policy|claim|customer|membership|member|invoice|application|applications|employee|payroll|pupil|student|complaint|booking|order|docket|index|plot|parcel|register|registration)(?: (?:nos?|numbers?|ref|id)(?-u:\b))?[.:]? ?[(#]?[a-z]{0,6}[-/]?[0-9][a-z0-9/-]{2,20}(?-u:\b)",
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
        r"(?i-u)(?-u:\b)(?:utr|unique taxpayer(?: reference)?|tax(?:payer)? ref(?:erence)?|upn|unique pupil n(?:umber|o)|uln|unique learner n(?:umber|o)|gmc|nmc|hcpc|gdc|gphc|social work england|swe|dbs|crb|council tax(?: (?:account|ref(?:erence)?))?|paye|trn|brp|biometric residence permit|hospital n(?:umber|o)|mrn|crn)(?: (?:pin|reg(?:istration)?|certificate|account|ref(?:erence)?|nos?|numbers?|id)(?-u:\b)){0,3}[.:]?(?: is| was)? ?#?[a-z]{0,3}[ /-]?[0-9][0-9a-z]*(?:[ /-][a-z]{0,2}[0-9]{1,8}[a-z]{0,3}){0,5}(?-u:\b)",
    ),
    (Family::Handle, r"(?i-u)@[a-z0-9_][a-z0-9_.-]{1,30}[a-z0-9_]"),
    (Family::Numbers, r"(?:\+ ?|\(\+?)?[0-9](?:[ ./()-]{0,3}[0-9]){5,22}"),
    (
        Family::Special,
        r"(?i-u)(?-u:\b)(?:autis(?:m|tic)|adhd|dyslexi[ac]|asthma(?:tic)?|diabet(?:es|ic)|epilep(?:sy|tic)|cancer|pregnan(?:t|cy)|miscarriage|depression|anxiety disorder|self[- ]harm(?:ed|ing)?|suicid(?:e|al)|anorexia|bulimia|disabilit(?:y|ies)|disabled|wheelchair|hiv(?: positive)?|(?:paranoid )?schizophreni[ac]|bipolar|psychosis|dementia|diagnos(?:is|ed)|medication|mental health|safeguarding concern|child protection|sexual(?:ly)? (?:abuse|abused|assault|assaulted|orientation)|domestic (?:abuse|violence)|transgender|non-binary|gay|lesbian|bisexual|trade union|shop steward|conviction|convicted|arrested|caution(?:ed)? by police|criminal record|on bail|probation order|asylum seeker|refugee status|muslims?|islamic|catholics?|jew(?:s|ish)?|hindus?|sikhs?|buddhists?|jehovah(?:'|\xE2\x80\x99)s witness(?:es)?|protestants?|atheists?|ethnic(?:ity| minority| origin)|mixed race|(?:labour|conservative|liberal democrat|green|communist) party|(?:(?:fractures?|amputation|dislocation|loss|paralysis) (?:of|to) (?:the |his |her |a |an )(?:[a-z]+ ){0,3}?(?:leg|arm|hand|foot|knee|kneecap|hip|shoulder|elbow|wrist|ankle|finger|thumb|skull|jaw|spine|pelvis|tibia|femur|vertebra|rib|eye|ear|breast|limb))|fractur(?:e|es|ed)|injur(?:y|ies|ed)|illness|[a-z]{3,12}(?:itis|osis|algia|opathy)|syndrome|tumou?rs?|arthritic|sciatica|stroke victim|psychiatric|psychotic|(?:life )?imprison(?:ed|ment)|life sentence|loss of (?:vision|sight|hearing)(?: (?:in|of) (?:his|her|the|one) (?:left |right )?(?:eye|ear))?|(?:total|partial|permanent) disability|gave birth|remanded|foster(?:ed)? (?:child|care)|looked[- ]after child|adopted child|adoption order|sectioned|overdos(?:e|ed|ing)|alcoholi[cs]m?|substance misuse|drug (?:use|misuse|addiction)|methadone|rehab|chemo(?:therapy)?|radiotherapy|dialysis|insulin|inhaler|epipen|anti-?depressants?|counselling|eating disorder|panic attacks?|ptsd|ocd|ehcp|learning difficult(?:y|ies)|hearing aids?|deaf|registered blind|partially sighted|parkinson(?:'|\xE2\x80\x99)?s|alzheimer(?:'|\xE2\x80\x99)?s|multiple sclerosis|cerebral palsy|down(?:'|\xE2\x80\x99)?s syndrome|heart attack|had a stroke|covid(?:-19)?|hepatitis(?: [abc])?|hysterectomy|abortion|terminat(?:ion|ed) (?:of )?(?:her |the )?pregnancy|ivf|menopause|incontinen(?:t|ce)|same-sex|queer|lgbtq?\+?|trans (?:man|woman|boy|girl)|gender (?:identity|reassignment)|heterosexual|homosexual|mosque|synagogue|gurdwara|(?:greek|russian|serbian|romanian|coptic)[ -]orthodox|alevis?|yazidis?|all saints(?:'|\xE2\x80\x99) day|new?roz|yom kippur|passover|hanukkah|diwali|vaisakhi|christianity|evangelical|quaker|mormon|rastafarian|baptised|bar mitzvah|ramadan|gypsy|romany|traveller community|black (?:african|caribbean|british)|white british|south asian|unite the union|unison member|neu member|labour member|member of the (?:labour|conservative|green|scottish national) party|reform uk|bnp|(?:prison|custodial) sentence|community order|restraining order|non-molestation order|police caution|pleaded guilty|found guilty|shoplifting|sex offender|young offender|yot|dbs disclosure|licence conditions|dna (?:test|sample))(?-u:\b)",
    ),
    (Family::Special, r"(?-iu)(?-u:\b)(?:SEND?|ASD|ADD|OCD|PTSD|COPD|IBS|EHCP|YOT|GMB)(?-u:\b)"),
    (Family::OldMark, r"(?i-u)(?-u:\b)(?:[a-z]{1,3} ?[1-9][0-9]{0,3}|[1-9][0-9]{0,3} ?[a-z]{1,3})(?-u:\b)"),
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

//! The day of birth with the month's name in the languages that people in the United Kingdom write besides English, and the ways of
//! writing days in East Asia and Thailand.

use jiff::civil::Date;

use crate::fold::fold;

/// The names of each month, in the forms that stand in a date: Welsh, Irish, Scottish Gaelic, Polish, French, Spanish, Portuguese, German,
/// Italian, Dutch, Romanian, Czech, Slovak, Hungarian, Lithuanian, Latvian, Turkish, Albanian, Swedish, Danish, Finnish, Croatian, Russian,
/// Ukrainian, Bulgarian, Greek, Arabic, Hindi, Thai. What folds to the English name or its first three letters is left out.
const NAMES: [&str; 12] = [
    "ionawr eanáir faoilleach fhaoillich stycznia styczeń janvier enero janeiro januar jänner gennaio januari ianuarie ledna január januára \
     sausio janvāris ocak janar tammikuuta siječnja января січня януари Ιανουαρίου يناير जनवरी มกราคม",
    "chwefror feabhra gearran ghearrain lutego luty février febrero fevereiro februar februari febbraio februarie února február februára \
     vasario februāris şubat shkurt helmikuuta veljače февраля лютого февруари Φεβρουαρίου فبراير फरवरी กุมภาพันธ์",
    "mawrth márta màrt mhàirt marca marzec mars marzo março märz maerz maart martie března március kovo marts mart maaliskuuta ožujka марта \
     березня март Μαρτίου مارس मार्च มีนาคม",
    "ebrill aibreán giblean ghiblean kwietnia kwiecień avril abril aprile aprilie dubna április apríla balandžio aprīlis nisan prill huhtikuuta \
     travnja апреля квітня април Απριλίου أبريل अप्रैल เมษายน",
    "mai bealtaine cèitean chèitein maja mayo maio maggio mei května május mája gegužės maijs mayıs maj toukokuuta svibnja мая травня май \
     Μαΐου مايو मई พฤษภาคม",
    "mehefin meitheamh ògmhios ògmhiosa czerwca czerwiec juin junio junho juni giugno iunie června június júna birželio jūnijs haziran qershor \
     kesäkuuta lipnja июня червня юни Ιουνίου يونيو जून มิถุนายน",
    "gorffennaf iúil iuchar iuchair lipca lipiec juillet julio julho juli luglio iulie července július júla liepos jūlijs temmuz korrik \
     heinäkuuta srpnja июля липня юли Ιουλίου يوليو जुलाई กรกฎาคม",
    "awst lúnasa lùnastal lùnastail sierpnia sierpień août agosto augusti augustus srpna augusztus rugpjūčio augusts ağustos gusht elokuuta \
     kolovoza августа серпня август Αυγούστου أغسطس अगस्त สิงหาคม",
    "medi meán-fómhair sultain sultaine września wrzesień septembre septiembre setiembre setembro settembre septembrie září szeptember \
     septembra rugsėjo septembris eylül shtator syyskuuta rujna сентября вересня септември Σεπτεμβρίου سبتمبر सितंबर กันยายน",
    "hydref deireadh-fómhair dàmhair października październik octobre octubre outubro oktober ottobre octombrie října október októbra \
     spalio oktobris ekim tetor lokakuuta listopada октября жовтня октомври Οκτωβρίου أكتوبر अक्टूबर ตุลาคม",
    "tachwedd samhna samhain samhna listopada listopad novembre noviembre novembro november noiembrie listopadu novembra lapkričio novembris \
     kasım nëntor marraskuuta studenoga ноября листопада ноември Νοεμβρίου نوفمبر नवंबर พฤศจิกายน",
    "rhagfyr nollag dùbhlachd grudnia grudzień décembre diciembre dezembro dezember dicembre decembrie prosince decembra december \
     gruodžio decembris aralık dhjetor joulukuuta prosinca декабря грудня декември Δεκεμβρίου ديسمبر दिसंबर ธันวาคม",
];

/// How much longer the years of the Thai calendar are counted.
const BUDDHIST: i16 = 543;

/// The folded texts of month and year: what stands before one is asked by [`day_before`].
pub(super) fn with_year(date: Date) -> Vec<String> {
    let names = NAMES.get(usize::from(date.month().unsigned_abs()).saturating_sub(1)).copied().unwrap_or_default();
    let mut out = Vec::new();
    for name in names.split_ascii_whitespace() {
        let month = fold(name).replace('-', " ");
        let years = if is_thai(name) { vec![date.year(), date.year() + BUDDHIST] } else { vec![date.year()] };
        for year in years {
            out.extend([" ", " de ", " del ", ", ", "-", "."].map(|joint| format!("{month}{joint}{year}")));
        }
    }
    out.sort();
    out.dedup();
    out
}

fn is_thai(name: &str) -> bool {
    name.starts_with(|c| matches!(c, '\u{e00}'..='\u{e7f}'))
}

/// Days written with signs for year, month and day, by our years and the reigns of Japan; and year first, as Hungarian and Lithuanian do.
pub(super) fn with_signs(date: Date) -> Vec<String> {
    const REIGNS: [(&str, i16); 4] = [("大正", 1911), ("昭和", 1925), ("平成", 1988), ("令和", 2018)];
    let (y, m, d) = (date.year(), date.month(), date.day());
    let mut out = Vec::new();
    let reigns =
        REIGNS.iter().filter(|(_, before)| (1..=65).contains(&(y - before))).map(|(reign, before)| format!("{reign}{}", y - before));
    for year in std::iter::once(y.to_string()).chain(reigns) {
        for (month, day) in [(m.to_string(), d.to_string()), (format!("{m:02}"), format!("{d:02}"))] {
            for text in ["{y}年{m}月{d}日", "{y} 年 {m} 月 {d} 日", "{y}年 {m}月 {d}日", "{y}년 {m}월 {d}일", "{y}년{m}월{d}일"]
            {
                out.push(fold(&text.replace("{y}", &year).replace("{m}", &month).replace("{d}", &day)));
            }
        }
    }
    out.push(fold(&format!("{y}. {m}. {d}.")));
    out
}

/// Where the day begins that stands before a month's name at `at`: `3 de abril`, `1er avril`, `3ydd o Ebrill`, `3. April`, `3º de abril`.
pub(super) fn day_before(text: &str, at: usize, date: Date) -> Option<usize> {
    let mut head = text.get(..at)?;
    // The month is a whole word, but digits may stand right before it.
    if head.ends_with(char::is_alphabetic) {
        return None;
    }
    for _ in 0..3 {
        head = head.trim_end_matches([' ', '.', ',', '-', '>']);
        let word = head
            .rfind(|c: char| !(c.is_alphanumeric()))
            .map_or(0, |i| i + head.get(i..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8));
        let written = head.get(word..)?;
        let digits = written.len() - written.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            let (number, ending) = written.split_at_checked(digits)?;
            let day = digits <= 2 && number.parse() == Ok(date.day()) && ending.chars().count() <= 3;
            let whole = !head.get(..word)?.ends_with(['.', '/', '-']);
            return (day && whole).then_some(word);
        }
        if !matches!(written, "de" | "del" | "di" | "o" | "a" | "an" | "den" | "dhen" | "la" | "le" | "dia" | "mh" | "latha" | "na" | "i") {
            return None;
        }
        head = head.get(..word)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::NAMES;
    use crate::identity::{Band, Identity, Matcher, band_of};

    fn band(born: Date, text: &str) -> Option<Band> {
        band_of(&Matcher::new(&Identity { born: vec![born], ..Identity::default() }).unwrap().find_text(text))
    }

    #[test]
    fn days_are_found_in_many_languages() {
        let april = Date::constant(1987, 4, 3);
        for text in [
            "ganwyd 3 Ebrill 1987",
            "ar 3ydd o Ebrill, 1987",
            "rugadh é 3 Aibreán 1987",
            "an 3 Aibreán, 1987",
            "air 3 Giblean 1987",
            "3 dhen Ghiblean 1987",
            "urodzona 3 kwietnia 1987 r.",
            "kwiecień 03 kwiecień 1987",
            "née le 3 avril 1987",
            "nacida el 3 de abril de 1987",
            "nascido a 3 de Abril de 1987",
            "geboren am 3. April 1987",
            "nato il 3 aprile 1987",
            "geboren op 3 april 1987",
            "născută la 3 aprilie 1987",
            "родилась 3 апреля 1987 года",
            "народилася 3 квітня 1987 року",
            "γεννήθηκε 3 Απριλίου 1987",
            "1987年4月3日",
            "他于1987年4月3日出生",
            "昭和62年4月3日生まれ",
            "1987년 4월 3일생",
            "เกิด 3 เมษายน 2530",
            "narozen 3. dubna 1987",
            "1987. 4. 3.",
        ] {
            assert!(band(april, text) >= Some(Band::Likely), "{text}");
        }
        assert!(band(Date::constant(1990, 8, 1), "le 1er août 1990") >= Some(Band::Likely));
        assert!(band(Date::constant(1990, 3, 1), "1. März 1990") >= Some(Band::Likely));
        assert!(band(Date::constant(1990, 10, 1), "1 Deireadh Fómhair 1990") >= Some(Band::Likely));
        for text in
            ["13 Ebrill 1987", "2 kwietnia 1987", "kwietnia 1987", "3 kwietnia 1988", "11987年4月3日", "1.3 avril 1987", "3 maja 1987"]
        {
            assert_eq!(band(april, text), None, "{text}");
        }
    }

    #[test]
    fn every_month_has_a_name_in_every_language() {
        for names in NAMES {
            assert!(names.split_ascii_whitespace().count() >= 25, "{names}");
        }
    }
}

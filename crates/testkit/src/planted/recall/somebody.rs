//! Invented people whose names are written in many ways.

use jiff::civil::Date;

use crate::expectation::Person;
use crate::people::{national_insurance, nhs_number};
use crate::rng::Rng;

/// Given name, a short form or nothing, the name in its own letters or nothing.
type Given = (&'static str, &'static str, &'static str);
/// Surname, the surname in its own letters or nothing.
type Surname = (&'static str, &'static str);

const GIVEN: &[Given] = &[
    ("Amelia", "Millie", ""),
    ("Siân", "", ""),
    ("John", "Jack", ""),
    ("Robert", "Bob", ""),
    ("Katherine", "Kate", ""),
    ("Elizabeth", "Beth", ""),
    ("Margaret", "Maggie", ""),
    ("Zoë", "", ""),
    ("Niamh", "", ""),
    ("Ruaridh", "", ""),
    ("Gwenllian", "Gwen", ""),
    ("Jean-Luc", "", ""),
    ("Mary-Ann", "", ""),
    ("Oluwaseun", "Seun", ""),
    ("Chidimma", "", ""),
    ("Agnieszka", "Aga", ""),
    ("Łukasz", "", ""),
    ("Jörg", "", ""),
    ("Søren", "", ""),
    ("André", "", ""),
    ("François", "", ""),
    ("Gurpreet", "", ""),
    ("Ayesha", "", ""),
    ("Mohammed", "", ""),
    ("Grace", "", ""),
    ("William", "Bill", ""),
    ("Alexander", "Alex", ""),
    ("Rebecca", "Becky", ""),
    ("Philippa", "Pippa", ""),
    ("Theodora", "Theo", ""),
];

const SURNAMES: &[Surname] = &[
    ("Fairbairn", ""),
    ("Smith", ""),
    ("Patel", ""),
    ("O'Neil", ""),
    ("O’Shaughnessy", ""),
    ("MacDonald", ""),
    ("McAllister", ""),
    ("de Souza", ""),
    ("van der Berg", ""),
    ("Hart-Davies", ""),
    ("Brontë-Hughes", ""),
    ("Müller", ""),
    ("Żółkiewski", ""),
    ("Al-Hassan", ""),
    ("García", ""),
    ("Quellstrom", ""),
    ("Protheroe", ""),
    ("Okonkwo", ""),
    ("Lindqvist", ""),
    ("Featherstonehaugh", ""),
    ("Wójcik", ""),
    ("Ó Súilleabháin", ""),
    ("ap Gruffydd", ""),
    ("D'Souza", ""),
    ("Þórsson", ""),
    ("Tredinnick", ""),
];

/// Whole names that are written in other letters or another order.
const WHOLE: &[(Given, Surname)] = &[
    (("Yulia", "", "Юлия"), ("Shcherbakova", "Щербакова")),
    (("Oleksandr", "", "Олександр"), ("Kovalchuk", "Ковальчук")),
    (("Giorgos", "", "Γιώργος"), ("Papadopoulos", "Παπαδόπουλος")),
    (("Eleni", "", "Ελένη"), ("Dimitriou", "Δημητρίου")),
    (("Hoa", "", ""), ("Nguyễn", "")),
    (("Xiaoming", "", ""), ("Zhang", "")),
];

const MIDDLE: &[&str] = &["Jane", "Rhys", "Louise", "Idris", "Rosalind", "Hamish"];
const MAIDEN: &[&str] = &["Penhaligon", "Ashworth", "Drummond", "Vasey", "Kettlewell"];
const STREETS: &[&str] = &["Mill Lane", "Orchard Road", "St. John's Terrace", "Church Street", "Larch Avenue", "Priory Gardens"];
const TOWNS: &[(&str, &str)] =
    &[("Otley", "LS21"), ("Ludlow", "SY8"), ("Hexham", "NE46"), ("Totnes", "TQ9"), ("Cupar", "KY15"), ("Brecon", "LD3")];

/// Somebody a search is for.
#[derive(Debug, Clone)]
pub struct Somebody {
    /// Given name.
    pub given: String,
    /// Short form, or empty.
    pub short: String,
    /// Middle name.
    pub middle: String,
    /// Surname.
    pub surname: String,
    /// Former surname, or empty.
    pub maiden: String,
    /// Given name and surname in other letters, or empty.
    pub other: String,
    /// Born.
    pub born: Date,
    /// Mobile number, national digits with the nought.
    pub mobile: String,
    /// House and street, town, postcode.
    pub address: (String, String, String),
    /// E-mail address.
    pub email: String,
    /// A reference of the organisation's.
    pub reference: String,
    /// National Insurance number without blanks.
    pub insurance: String,
    /// NHS number without blanks.
    pub nhs: String,
}

impl Somebody {
    /// Draws somebody; another turn is another name.
    pub fn draw(rng: &mut Rng, turn: usize) -> Self {
        let whole = turn % 5 == 4;
        let ((given, short, own), (surname, own_surname)) =
            if whole { *rng.pick::<(Given, Surname)>(WHOLE) } else { (*rng.pick::<Given>(GIVEN), *rng.pick::<Surname>(SURNAMES)) };
        let middle = rng.pick::<str>(MIDDLE);
        let (town, outward) = *rng.pick::<(&str, &str)>(TOWNS);
        let other = if own.is_empty() { String::new() } else { format!("{own} {own_surname}") };
        let year = rng.between(1938, 1999) as i16;
        let born = Date::new(year, rng.between(1, 12) as i8, rng.between(1, 28) as i8).unwrap_or(Date::MIN);
        // The box is not made from the name: what finds the name is then the name.
        let word = rng.letters(b"bcdfghklmnprst", 3);
        let email = format!(
            "{word}.{}{}@{}.example",
            rng.letters(b"aeiou", 2),
            rng.letters(b"bdgklmnrst", 3),
            rng.pick::<str>(&["larkmail", "postbox", "tidewater"])
        );
        Self {
            given: given.to_owned(),
            short: short.to_owned(),
            middle: middle.to_owned(),
            surname: surname.to_owned(),
            maiden: if rng.chance(50) { (*rng.pick::<str>(MAIDEN)).to_owned() } else { String::new() },
            other,
            born,
            mobile: format!("07700900{}", rng.digits(3)),
            address: (
                format!("{} {}", rng.between(2, 240), rng.pick::<str>(STREETS)),
                town.to_owned(),
                format!("{outward} {}{}", rng.between(1, 9), rng.letters(b"ABDEFGHJLNPQRSTUWXYZ", 2)),
            ),
            email,
            reference: format!("{}-{}/{}", rng.letters(b"BCDFGHKLMNPRSTW", 3), rng.between(2019, 2026), rng.digits(4)),
            insurance: national_insurance(rng).replace(' ', ""),
            nhs: nhs_number(rng).replace(' ', ""),
        }
    }

    /// Given name and surname.
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.surname)
    }

    /// What the person file says.
    pub fn person(&self) -> Person {
        let mut names = vec![format!("{} {} {}", self.given, self.middle, self.surname)];
        if !self.maiden.is_empty() {
            names.push(format!("{} {}", self.given, self.maiden));
        }
        if !self.short.is_empty() {
            names.push(format!("{} {}", self.short, self.surname));
        }
        let (street, town, code) = &self.address;
        Person {
            names,
            nicknames: Vec::new(),
            emails: vec![self.email.clone()],
            phones: vec![self.mobile.clone()],
            born: Some(self.born.to_string()),
            addresses: vec![format!("{street}, {town}, {code}")],
            references: vec![self.reference.clone(), self.insurance.clone(), self.nhs.clone()],
        }
    }

    /// Somebody else of the same name, who shares nothing else.
    pub fn namesake(&self, rng: &mut Rng) -> Self {
        let mut other = loop {
            let other = Self::draw(rng, 0);
            if other.born != self.born
                && other.mobile != self.mobile
                && other.address.2 != self.address.2
                && other.reference != self.reference
            {
                break other;
            }
        };
        let plain: String = super::plain::ascii(&self.surname).chars().filter(char::is_ascii_alphanumeric).collect();
        other.email =
            format!("{}.{plain}@{}.example", super::plain::ascii(&self.given), rng.pick::<str>(&["northgate", "ellerby", "stonebridge"]))
                .to_lowercase();
        other.given.clone_from(&self.given);
        other.surname.clone_from(&self.surname);
        other.middle = String::new();
        other.maiden = String::new();
        other
    }
}

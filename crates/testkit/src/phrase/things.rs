//! Rooms, times, sums of money and the other things of an office.

use crate::rng::Rng;

const ROOMS: &[&str] = &[
    "the Mill Room",
    "the upstairs studio",
    "the kitchen",
    "the Garden Room",
    "the main hall",
    "the small meeting room",
    "the workshop",
    "the library corner",
];
const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: &[&str] = &["January", "February", "March", "April", "May", "June", "July", "September", "October", "November", "December"];
const TOPICS: &[&str] = &[
    "clay animation",
    "fractions with cake",
    "bridge building",
    "story stones",
    "simple circuits",
    "kite making",
    "coding with blocks",
    "pond dipping",
    "screen printing",
    "bread and biology",
    "shadow puppets",
    "map reading",
];
const CLUBS: &[&str] =
    &["Homework Club", "Saturday Science", "Little Readers", "Young Makers", "Holiday Club", "Coding Crew", "Garden Gang", "Maths Café"];
const SCHOOLS: &[&str] =
    &["St Hilda's Primary", "Wexmoor Academy", "Canal Street Primary", "Aldersby High", "Thornholme Juniors", "Quarry Bank School"];
const SUPPLIERS: &[&str] = &[
    "Bramall Print & Sign",
    "Tidewater Catering",
    "Kestrel Coaches",
    "Foxglove Cleaning",
    "Harbour Office Supplies",
    "Lanternlight Theatre",
    "Oak & Ember Heating",
    "Pennine Playthings",
];
const FUNDERS: &[&str] = &[
    "the Wexmoor Community Fund",
    "the Albion Trust",
    "the Larkspur Foundation",
    "the county's holiday activities grant",
    "the Millrace Endowment",
];
const SNACKS: &[&str] = &["satsumas", "oat biscuits", "cheese toasties", "carrot sticks", "flapjacks", "rice cakes", "banana bread"];

/// What a slot for a thing says; `None` when the slot is for a person.
pub(super) fn thing(slot: &str, rng: &mut Rng) -> Option<String> {
    let from = |list: &[&str], rng: &mut Rng| Some(rng.pick::<str>(list).to_owned());
    match slot {
        "room" => from(ROOMS, rng),
        "day" => from(DAYS, rng),
        "month" => from(MONTHS, rng),
        "topic" => from(TOPICS, rng),
        "club" => from(CLUBS, rng),
        "school" => from(SCHOOLS, rng),
        "supplier" => from(SUPPLIERS, rng),
        "funder" => from(FUNDERS, rng),
        "snack" => from(SNACKS, rng),
        "date" => Some(format!("{} {}", rng.between(1, 28), rng.pick::<str>(MONTHS))),
        "time" => Some(format!("{}.{}{}", rng.between(1, 6), rng.between(0, 5), if rng.chance(50) { "0pm" } else { "5pm" })),
        "n" => Some(rng.between(2, 28).to_string()),
        "big" => Some(format!("{},{}00", rng.between(1, 24), rng.between(1, 9))),
        "amount" => Some(format!("£{}.{:02}", rng.between(14, 840), rng.below(20) * 5)),
        "invoice" => Some(format!("INV-{}", rng.digits(5))),
        "ref" => Some(format!("GL-20{}-0{}", rng.between(19, 26), rng.digits(3))),
        _ => None,
    }
}

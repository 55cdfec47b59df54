//! `probity retention rules`: every class of a pack with its rule.

use std::collections::BTreeMap;
use std::io::Write;

use clap::Args;
use domain::policy::retention::{Class, Floor, Retention};
use serde::Serialize;

use super::super::{inputs, outcome::Ending};

/// Arguments of `retention rules`.
#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// The policy pack, by name or folder.
    #[arg(long)]
    pack: String,
    /// Print JSON.
    #[arg(long)]
    pub(super) json: bool,
}

/// A class with its rule in words.
#[derive(Debug, Serialize)]
struct Rule<'a> {
    class: &'a str,
    title: &'a str,
    trigger: &'a str,
    period: String,
    /// What the policy says where something else holds.
    stated: Option<String>,
    also: Vec<String>,
    sooner: &'a [String],
    variants: Vec<String>,
    unless: Vec<String>,
    /// Data that is kept under another class.
    fields: BTreeMap<&'a str, &'a str>,
    floors: Vec<FloorOut<'a>>,
    ceiling: Option<String>,
    review: Option<String>,
    basis: &'a str,
    reason: &'a str,
    methods: BTreeMap<&'a str, Vec<&'a str>>,
    clauses: &'a [String],
    caution: &'a str,
    /// Parts that are defaults until the organisation decides.
    defaults: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct FloorOut<'a> {
    period: String,
    source: &'a str,
    locked: bool,
}

/// Lists the classes.
pub(super) fn run(args: &RulesArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let policy = inputs::pack(&args.pack)?;
    let retention = policy.retention();
    let rules: Vec<_> = retention.class.iter().map(|class| rule(retention, class)).collect();
    if args.json {
        serde_json::to_writer(&mut *out, &rules)?;
        writeln!(out)?;
        return Ok(());
    }
    if rules.is_empty() {
        writeln!(out, "The pack has no classes of records.")?;
    }
    for rule in &rules {
        print(rule, out)?;
    }
    Ok(())
}

fn rule<'a>(retention: &'a Retention, class: &'a Class) -> Rule<'a> {
    let floors = retention.floor.iter().filter(|floor| class.floors.contains(&floor.id));
    Rule {
        class: &class.id,
        title: &class.title,
        trigger: &class.trigger,
        period: class.keep.shown(),
        stated: class.stated.map(domain::policy::retention::Keep::shown),
        also: class.also.iter().map(|limb| format!("{}: {}", limb.trigger, limb.keep.unwrap_or(class.keep).shown())).collect(),
        sooner: &class.sooner,
        variants: class.variant.iter().map(|variant| variant_words(class, variant)).collect(),
        unless: class
            .unless
            .iter()
            .map(|unless| format!("{}: {}", unless.flag, if unless.class.is_empty() { "nothing falls due" } else { &unless.class }))
            .collect(),
        fields: class.field.iter().map(|field| (field.name.as_str(), field.class.as_str())).collect(),
        floors: floors.map(floor_out).collect(),
        ceiling: class.ceiling.as_ref().map(|ceiling| ceiling.period.shown()),
        review: class.review.as_ref().map(|review| format!("{} after {}", review.after.shown(), review.trigger)),
        basis: &class.basis,
        reason: &class.reason,
        methods: class
            .methods
            .iter()
            .map(|(format, methods)| (format.name(), methods.iter().map(|method| method.name()).collect()))
            .collect(),
        clauses: &class.clauses,
        caution: &class.caution,
        defaults: class.defaults.iter().map(|part| part.name()).collect(),
    }
}

fn floor_out(floor: &Floor) -> FloorOut<'_> {
    FloorOut { period: floor.period.map(domain::calendar::Period::shown).unwrap_or_default(), source: &floor.source, locked: floor.locked }
}

fn variant_words(class: &Class, variant: &domain::policy::retention::Variant) -> String {
    let condition = match (variant.is, variant.from, variant.below) {
        (Some(answer), ..) => format!("{} is {}", variant.fact, if answer { "yes" } else { "no" }),
        (None, Some(from), Some(below)) => format!("{} from {from}, below {below}", variant.fact),
        (None, Some(from), None) => format!("{} {from} or more", variant.fact),
        (None, None, Some(below)) => format!("{} below {below}", variant.fact),
        (None, None, None) => variant.fact.clone(),
    };
    format!("{condition}: {}", variant.keep.unwrap_or(class.keep).shown())
}

fn print(rule: &Rule<'_>, out: &mut dyn Write) -> Result<(), Ending> {
    writeln!(out, "{}: {}", rule.class, rule.title)?;
    let mut line = |name: &str, value: String| if value.is_empty() { Ok(()) } else { writeln!(out, "  {name:<9} {value}") };
    line("trigger", rule.trigger.to_owned())?;
    line("period", rule.period.clone())?;
    line("stated", rule.stated.clone().map(|stated| format!("{stated} (not used)")).unwrap_or_default())?;
    line("also", rule.also.join("; "))?;
    line("sooner", rule.sooner.join(", "))?;
    line("by number", rule.variants.join("; "))?;
    line("unless", rule.unless.join("; "))?;
    line("fields", rule.fields.iter().map(|(field, class)| format!("{field} under {class}")).collect::<Vec<_>>().join("; "))?;
    let floors =
        rule.floors.iter().map(|floor| format!("{} ({}{})", floor.period, floor.source, if floor.locked { ", locked" } else { "" }));
    line("floor", floors.collect::<Vec<_>>().join("; "))?;
    line("ceiling", rule.ceiling.clone().unwrap_or_default())?;
    line("review", rule.review.clone().unwrap_or_default())?;
    line(
        "method",
        rule.methods.iter().map(|(format, methods)| format!("{format}: {}", methods.join(" or "))).collect::<Vec<_>>().join("; "),
    )?;
    line("clause", rule.clauses.join(", "))?;
    line("default", rule.defaults.join(", "))?;
    line("caution", rule.caution.to_owned())?;
    Ok(())
}

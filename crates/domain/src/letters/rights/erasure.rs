//! What is erased and what stays, class by class (Article 17).

use super::{Block, heading, paragraph};
use crate::casework::request::ClassDecision;

/// A split decision says both halves, with a reason for each kind of record that stays.
pub(super) fn blocks(classes: &[ClassDecision]) -> Vec<Block> {
    let erased: Vec<String> = classes.iter().filter(|class| class.kept.is_none()).map(|class| class.title.clone()).collect();
    let kept: Vec<(String, String)> = classes.iter().filter_map(kept).collect();
    let mut blocks = vec![paragraph(match (erased.is_empty(), kept.is_empty()) {
        (false, true) => "We erase everything you asked us to erase.",
        (false, false) => "We erase a part of it, and have to keep another part.",
        (true, _) => "We cannot erase what you asked us to erase.",
    })];
    if !erased.is_empty() {
        blocks.push(heading("What we erase"));
        blocks.push(Block::Bullets(erased));
        blocks.push(paragraph(
            "Copies in backups are put beyond use: they are not read any more, and are overwritten as the backups are renewed.",
        ));
    }
    if !kept.is_empty() {
        blocks.push(heading("What we keep, and why"));
        blocks.push(Block::Terms(kept));
        blocks.push(paragraph("It is used only for the reason named here, and is erased when that reason ends."));
    }
    blocks
}

fn kept(class: &ClassDecision) -> Option<(String, String)> {
    let ground = class.kept?;
    Some((class.title.clone(), format!("We keep it because {} ({}). {}", ground.title(), class.source, class.reasons.shown())))
}

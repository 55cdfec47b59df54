//! Writes every sample page with the style sheet into a folder, to look at them in a
//! browser: `cargo run -p web --example samples -- FOLDER`.

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).map(PathBuf::from).ok_or("name a folder")?;
    std::fs::create_dir_all(&folder)?;
    for sample in web::samples::all() {
        std::fs::write(folder.join(format!("{}.html", sample.name)), sample.html?)?;
    }
    Ok(())
}

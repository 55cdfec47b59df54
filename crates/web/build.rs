//! Rebuilds when the compiled assets change, and says what to run when they are missing.

fn main() {
    println!("cargo::rerun-if-changed=assets");
    println!("cargo::rerun-if-changed=templates");
    if !std::path::Path::new("assets/app.css").exists() {
        println!("cargo::warning=crates/web/assets/app.css is missing: run `cargo xtask assets` and build again");
    }
}

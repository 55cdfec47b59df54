//! The process that becomes Tesseract: it gives up what that does not need, and then is it.

use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;

use super::confine;

/// Confines this process and turns it into Tesseract, which reads a picture from standard input
/// and writes a table of words. The arguments are the program, the language and the layout. Returns
/// only when that fails: the exit code of the process, 2 for wrong arguments, 3 when it cannot be
/// confined, 4 when the program does not start.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> u8 {
    let arguments: Vec<_> = arguments.into_iter().collect();
    let [program, language, layout] = arguments.as_slice() else { return 2 };
    let program = PathBuf::from(program);
    let files = std::env::var_os(super::LANGUAGE_FILES).map(PathBuf::from);
    if !confine::now(&program, files.as_deref()) {
        return 3;
    }
    let mut command = Command::new(program);
    command.args(["stdin", "stdout", "--dpi", "300", "-l"]).arg(language).arg("--psm").arg(layout).arg("tsv");
    let _failed = command.exec();
    4
}

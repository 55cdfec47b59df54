//! The child gives up what it does not need before it looks at the first byte: no files, no
//! network, no programs, little memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use landlock::{ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetCreated, RulesetStatus};
use rlimit::Resource;
use seccompiler::{BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule, TargetArch};

use super::limits::Limits;

/// Confines this process for good. Says what took effect; an older kernel lacks some.
pub(crate) fn now(limits: &Limits) -> Vec<(String, bool)> {
    [
        ("memory limit", limit(Resource::DATA, limits.memory)),
        ("processor time limit", limit(Resource::CPU, limits.cpu_seconds)),
        ("no core dumps", limit(Resource::CORE, 0)),
        ("no writing of files", limit(Resource::FSIZE, 0)),
        ("no opening of files", limit(Resource::NOFILE, 0)),
        ("no new processes", limit(Resource::NPROC, 0)),
        ("file system closed (Landlock)", landlock().unwrap_or(false)),
        ("system calls filtered (seccomp)", seccomp().unwrap_or(false)),
    ]
    .into_iter()
    .map(|(name, active)| (name.to_owned(), active))
    .collect()
}

/// Tries what a hostile file could make a reader try, and says of each whether it was refused
/// for want of permission. Nothing here does harm where it is not refused.
pub(crate) fn attempts() -> Vec<(String, bool)> {
    let here = std::net::Ipv4Addr::LOCALHOST;
    let refused = [
        ("reading a file", File::open("/dev/null").err()),
        ("writing a file", File::create("/dev/null").err()),
        ("listing a folder", std::fs::read_dir("/").err()),
        ("removing a file", std::fs::remove_file("/nonexistent/probity").err()),
        ("connecting over the network", std::net::TcpStream::connect((here, 9)).err()),
        ("listening on the network", std::net::TcpListener::bind((here, 0)).err()),
        ("sending over the network", std::net::UdpSocket::bind((here, 0)).err()),
        ("opening a local socket", std::os::unix::net::UnixDatagram::unbound().err()),
        ("making a pipe", std::io::pipe().err()),
        ("running a program", Some(Command::new("/nonexistent/probity").exec())),
        ("starting a process", Command::new("/nonexistent/probity").spawn().err()),
        ("starting a thread", std::thread::Builder::new().spawn(|| ()).err()),
        ("raising its own limits", rlimit::setrlimit(Resource::NOFILE, 64, 64).err()),
    ];
    let denied = |error: Option<std::io::Error>| error.is_some_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied);
    refused.into_iter().map(|(what, error)| (format!("{what} is refused"), denied(error))).collect()
}

fn limit(resource: Resource, value: u64) -> bool {
    rlimit::setrlimit(resource, value, value).is_ok()
}

fn landlock() -> Result<bool, landlock::RulesetError> {
    Ok(closed()?.restrict_self()?.ruleset != RulesetStatus::NotEnforced)
}

/// No files and no network, as far as the kernel can. Exceptions may be added.
///
/// # Errors
/// When the kernel refuses.
pub(crate) fn closed() -> Result<RulesetCreated, landlock::RulesetError> {
    Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V5))?
        .handle_access(AccessNet::from_all(ABI::V5))?
        .create()
}

/// System calls with the conditions under which they are meant; without one, always.
pub(crate) type Calls = BTreeMap<i64, Vec<SeccompRule>>;

/// Gives up system calls for good: `listed` happens to those of the list, `others` to all others.
///
/// # Errors
/// When the kernel refuses, or the machine is of a kind without such filters.
pub(crate) fn give_up(calls: Calls, listed: SeccompAction, others: SeccompAction) -> Result<(), Box<dyn std::error::Error>> {
    let arch: TargetArch = std::env::consts::ARCH.try_into()?;
    let program: BpfProgram = SeccompFilter::new(calls, others, listed, arch)?.try_into()?;
    Ok(seccompiler::apply_filter(&program)?)
}

/// What answers a call that was given up.
pub(crate) const REFUSED: SeccompAction = SeccompAction::Errno(libc::EPERM as u32);

/// The condition of a signal to this process itself (`Eq`), or to another (`Ne`).
///
/// # Errors
/// None that can happen.
pub(crate) fn signal(to: SeccompCmpOp) -> Result<Vec<SeccompRule>, seccompiler::BackendError> {
    let condition = SeccompCondition::new(0, SeccompCmpArgLen::Dword, to, u64::from(std::process::id()))?;
    Ok(vec![SeccompRule::new(vec![condition])?])
}

/// The calls a reader of memory and pipes needs; every other one fails with `EPERM`.
const CALLS: &[i64] = &[
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_brk,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_futex,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    libc::SYS_clock_gettime,
    libc::SYS_getrandom,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

fn seccomp() -> Result<bool, Box<dyn std::error::Error>> {
    let mut rules: Calls = CALLS.iter().map(|call| (*call, Vec::new())).collect();
    // Memory may be had, but never memory that is run.
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        let exec = libc::PROT_EXEC as u64;
        let never_run = SeccompCondition::new(2, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(exec), 0)?;
        rules.insert(call, vec![SeccompRule::new(vec![never_run])?]);
    }
    // A signal goes to this process alone: it is how a program ends itself.
    rules.insert(libc::SYS_tgkill, signal(SeccompCmpOp::Eq)?);
    give_up(rules, SeccompAction::Allow, REFUSED)?;
    Ok(true)
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::CALLS;

    /// What opens a file, a socket, a process or another's memory must not be on the list.
    #[test]
    fn no_call_is_allowed_that_reaches_out() {
        let never = [
            libc::SYS_open,
            libc::SYS_openat,
            libc::SYS_openat2,
            libc::SYS_creat,
            libc::SYS_open_by_handle_at,
            libc::SYS_socket,
            libc::SYS_socketpair,
            libc::SYS_connect,
            libc::SYS_bind,
            libc::SYS_listen,
            libc::SYS_accept,
            libc::SYS_accept4,
            libc::SYS_sendto,
            libc::SYS_sendmsg,
            libc::SYS_execve,
            libc::SYS_execveat,
            libc::SYS_fork,
            libc::SYS_vfork,
            libc::SYS_clone,
            libc::SYS_clone3,
            libc::SYS_ptrace,
            libc::SYS_process_vm_readv,
            libc::SYS_process_vm_writev,
            libc::SYS_pidfd_getfd,
            libc::SYS_io_uring_setup,
            libc::SYS_memfd_create,
            libc::SYS_kill,
            libc::SYS_tkill,
            libc::SYS_tgkill,
            libc::SYS_prctl,
            libc::SYS_setrlimit,
            libc::SYS_prlimit64,
            libc::SYS_mmap,
            libc::SYS_mprotect,
        ];
        assert!(CALLS.iter().all(|call| !never.contains(call)));
    }
}

//! The child gives up what it does not need before it looks at the first byte: no files, no
//! network, no programs, little memory.

use landlock::{ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetStatus};
use rlimit::Resource;
use seccompiler::{BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule, TargetArch};

use super::limits::Limits;

/// Confines this process for good. Says what took effect; an older kernel lacks some.
pub(crate) fn now(limits: &Limits) -> Vec<(String, bool)> {
    [
        ("memory limit", limit(Resource::AS, limits.memory)),
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

fn limit(resource: Resource, value: u64) -> bool {
    rlimit::setrlimit(resource, value, value).is_ok()
}

fn landlock() -> Result<bool, landlock::RulesetError> {
    let status = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V5))?
        .handle_access(AccessNet::from_all(ABI::V5))?
        .create()?
        .restrict_self()?;
    Ok(status.ruleset != RulesetStatus::NotEnforced)
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
    libc::SYS_tgkill,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

fn seccomp() -> Result<bool, Box<dyn std::error::Error>> {
    let mut rules: std::collections::BTreeMap<i64, Vec<SeccompRule>> = CALLS.iter().map(|call| (*call, Vec::new())).collect();
    // Memory may be had, but never memory that is run.
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        let exec = libc::PROT_EXEC as u64;
        let never_run = SeccompCondition::new(2, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(exec), 0)?;
        rules.insert(call, vec![SeccompRule::new(vec![never_run])?]);
    }
    let arch: TargetArch = std::env::consts::ARCH.try_into()?;
    let filter = SeccompFilter::new(rules, SeccompAction::Errno(libc::EPERM as u32), SeccompAction::Allow, arch)?;
    let program: BpfProgram = filter.try_into()?;
    seccompiler::apply_filter(&program)?;
    Ok(true)
}

//! What a reader of pictures may do: read its program, its libraries and its language files.

use std::path::Path;

use landlock::{ABI, AccessFs, RulesetCreatedAttr, path_beneath_rules};
use rlimit::Resource;
use seccompiler::{SeccompAction, SeccompCmpOp};

use crate::extract::confine::{Calls, REFUSED, closed, give_up, signal};

/// Bytes it may hold, and seconds of processor time it may use.
const MEMORY: u64 = 320 << 20;
const SECONDS: u64 = 90;

/// What belongs to the system and holds nothing about anybody.
const SYSTEM: &[&str] = &["/usr", "/lib", "/lib64", "/etc/ld.so.cache"];

/// Confines this process for good. Whether that took effect; older kernels cannot close the file
/// system, which is then the one thing that stays open to reading.
pub(super) fn now(program: &Path, files: Option<&Path>) -> bool {
    let limits = [(Resource::DATA, MEMORY), (Resource::CPU, SECONDS), (Resource::CORE, 0), (Resource::FSIZE, 0)];
    let limited = limits.into_iter().all(|(resource, value)| rlimit::setrlimit(resource, value, value).is_ok());
    let _older_kernel = system_alone(program, files);
    limited && without_network().is_ok()
}

/// Nothing can be written, and nothing read but what belongs to the system and the program.
fn system_alone(program: &Path, files: Option<&Path>) -> Result<(), landlock::RulesetError> {
    let paths = SYSTEM.iter().map(Path::new).chain([program]).chain(files).filter(|path| path.exists());
    let rules = path_beneath_rules(paths, AccessFs::from_read(ABI::V5));
    closed()?.add_rules(rules)?.restrict_self().map(drop)
}

/// What reaches out of a process, or starts another.
const OUTWARDS: &[i64] = &[
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_sendto,
    libc::SYS_sendmsg,
    libc::SYS_sendmmsg,
    libc::SYS_recvfrom,
    libc::SYS_recvmsg,
    libc::SYS_clone,
    libc::SYS_clone3,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_getfd,
    libc::SYS_io_uring_setup,
    libc::SYS_kill,
    libc::SYS_tkill,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_chroot,
    libc::SYS_pivot_root,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_shmget,
    libc::SYS_msgget,
    libc::SYS_semget,
    libc::SYS_mq_open,
];

/// The older ways of starting a process, which some machines never had.
#[cfg(target_arch = "x86_64")]
const OLDER: &[i64] = &[libc::SYS_fork, libc::SYS_vfork];
#[cfg(not(target_arch = "x86_64"))]
const OLDER: &[i64] = &[];

fn without_network() -> Result<(), Box<dyn std::error::Error>> {
    let mut calls: Calls = OUTWARDS.iter().chain(OLDER).map(|call| (*call, Vec::new())).collect();
    // A signal goes to this process alone, which it stays when it becomes the program.
    calls.insert(libc::SYS_tgkill, signal(SeccompCmpOp::Ne)?);
    give_up(calls, REFUSED, SeccompAction::Allow)
}

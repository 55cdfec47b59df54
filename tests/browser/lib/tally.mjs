// Counts checks and prints the one line that the test run reads.

/** Passed and failed checks of one script. */
export class Tally {
  passed = 0;
  failed = 0;

  /** Notes a check: no problems is a pass. Every problem is printed. */
  check(what, problems) {
    if (problems.length === 0) {
      this.passed += 1;
      return true;
    }
    this.failed += 1;
    console.log(`FAIL ${what}`);
    for (const problem of problems) {
      console.log(`     ${problem}`);
    }
    return false;
  }

  /** Runs a check that throws when it fails. */
  async attempt(what, work) {
    try {
      await work();
      return this.check(what, []);
    } catch (error) {
      return this.check(what, [String(error?.message ?? error).split("\n").slice(0, 6).join("\n     ")]);
    }
  }

  /** Prints the summary; the exit code says whether all passed. A run that checked nothing has not passed. */
  finish() {
    if (this.passed + this.failed === 0) {
      this.check("at least one check ran", ["no check ran"]);
    }
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed === 0 ? 0 : 1;
  }
}

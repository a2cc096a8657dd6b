import Commands
import Testing

@Suite struct LineageTests {
  /// Runs a cell of assignments `name = statement`, each with the names that it reads.
  private func run(
    _ lineage: inout Lineage, _ cell: String, _ statements: [(String, String, [String])], deleted: [String] = []
  ) -> [String] {
    lineage.begin(cell: cell, deleted: deleted)
    for (name, statement, reads) in statements {
      lineage.assign(name, in: cell, statement: statement, reading: reads)
    }
    return lineage.end(cell: cell, isFinished: true).map(\.name)
  }

  private func loaded() -> Lineage {
    var lineage = Lineage()
    _ = run(&lineage, "a", [("m", "load 1", [])])
    _ = run(&lineage, "b", [("q", "calibrate m", ["m"])])
    _ = run(&lineage, "c", [("r", "report q", ["q"])])
    return lineage
  }

  @Test func `an edited cell makes what was made of its value out of date, at any distance`() {
    var lineage = loaded()
    #expect(run(&lineage, "a", [("m", "load 2", [])]) == ["q", "r"])
    let warnings = lineage.warnings(reading: ["m", "q", "r"])
    #expect(warnings.map(\.name) == ["q", "r"])
    #expect(warnings.map(\.problem) == [.outOfDate(input: "m"), .outOfDate(input: "q")])
    #expect(warnings.map(\.statement) == ["calibrate m", "report q"])
  }

  @Test func `running again what is out of date mends it`() {
    var lineage = loaded()
    _ = run(&lineage, "a", [("m", "load 2", [])])
    #expect(run(&lineage, "b", [("q", "calibrate m", ["m"])]).isEmpty)
    #expect(lineage.warnings(reading: ["q"]).isEmpty)
    #expect(lineage.warnings(reading: ["r"]).map(\.name) == ["r"])
    _ = run(&lineage, "c", [("r", "report q", ["q"])])
    #expect(lineage.warnings(reading: ["m", "q", "r"]).isEmpty)
  }

  @Test func `running an unchanged notebook again warns of nothing`() {
    var lineage = loaded()
    #expect(run(&lineage, "a", [("m", "load 1", [])]).isEmpty)
    #expect(run(&lineage, "b", [("q", "calibrate m", ["m"])]).isEmpty)
    #expect(lineage.warnings(reading: ["m", "q", "r"]).isEmpty)
  }

  @Test func `undoing an edit is no longer an edit`() {
    var lineage = loaded()
    _ = run(&lineage, "a", [("m", "load 2", [])])
    _ = run(&lineage, "b", [("q", "calibrate m", ["m"])])
    #expect(run(&lineage, "a", [("m", "load 1", [])]) == ["q"])
  }

  @Test func `a later cell may use a name for something else`() {
    var lineage = loaded()
    #expect(run(&lineage, "d", [("m", "load 3", [])]).isEmpty)
    #expect(lineage.warnings(reading: ["m", "q", "r"]).isEmpty)
  }

  @Test func `a deleted cell and what was made of its value are told`() {
    var lineage = loaded()
    #expect(run(&lineage, "d", [], deleted: ["a"]) == ["m", "q", "r"])
    #expect(lineage.warnings(reading: ["m"]).map(\.problem) == [.cellDeleted])
    #expect(lineage.warnings(reading: ["q"]).map(\.problem) == [.outOfDate(input: "m")])
    // A deletion that was undone.
    _ = run(&lineage, "a", [("m", "load 1", [])])
    #expect(lineage.warnings(reading: ["m", "q"]).isEmpty)
  }

  @Test func `an edited cell that no longer makes a name is told`() {
    var lineage = loaded()
    #expect(run(&lineage, "a", [("n", "load 1", [])]) == ["m", "q", "r"])
    #expect(lineage.warnings(reading: ["m"]).map(\.problem) == [.notMadeAnyMore])
  }

  @Test func `a cell that failed half-way forgets nothing`() {
    var lineage = loaded()
    lineage.begin(cell: "a")
    #expect(lineage.end(cell: "a", isFinished: false).isEmpty)
    #expect(lineage.warnings(reading: ["m", "q"]).isEmpty)
  }

  @Test func `the same statement on another file is another value`() {
    var lineage = loaded()
    lineage.begin(cell: "a")
    lineage.assign("m", in: "a", statement: "load 1", reading: [], fingerprint: "other")
    #expect(lineage.end(cell: "a", isFinished: true).map(\.name) == ["q", "r"])
  }

  @Test func `cells that run at the same time do not disturb each other`() {
    var lineage = loaded()
    lineage.begin(cell: "a")
    lineage.assign("m", in: "a", statement: "load 1", reading: [])
    lineage.begin(cell: "z")
    lineage.assign("z", in: "z", statement: "load 9", reading: [])
    #expect(lineage.end(cell: "a", isFinished: true).isEmpty)
    #expect(lineage.end(cell: "z", isFinished: true).isEmpty)
    #expect(lineage.warnings(reading: ["m", "q", "r", "z"]).isEmpty)
  }

  @Test func `a name that is made of itself does not hang`() {
    var lineage = Lineage()
    _ = run(&lineage, "a", [("x", "x + 1", ["x"]), ("x", "x + 1", ["x"]), ("x", "x + 2", ["x"])])
    _ = run(&lineage, "a", [("x", "x + 1", ["x"])])
    _ = lineage.warnings(reading: ["x"])
  }
}

import Foundation
import GRDB
import Testing
import Workspaces

@Suite struct RunTests {
  @Test func `all that a run found out comes back exactly, in another process`() throws {
    let place = TemporaryWorkspace()
    let workspace = place.workspace
    let both = [Samples.subject(Samples.parent), Samples.subject(Samples.child)]
    let run = try workspace.begin(Samples.start("benchmark m q", both))
    #expect(try place.workspace.run(run).status == .running)
    let figure = FigureRecord("accuracy@top1", 0.1, interval: 0.05...0.3, count: 24)
    try workspace.finish(
      run: run, .ready,
      findings: [
        Finding(both[0], measurements: [Samples.measurement(100), Samples.measurement(150, streams: 2)]),
        Finding(both[1], figures: [figure, FigureRecord("not a number", .nan)]),
      ], report: Samples.report)
    let record = try place.workspace.run(run)
    #expect(record.status == .ready && record.models == ["net", "net_int8"] && record.reports == [1])
    #expect(record.statement == "benchmark m q" && (record.ended ?? 0) >= record.begun)
    let findings = try place.workspace.findings(ofRun: run)
    #expect(findings.map(\.model) == ["net", "net_int8"])
    #expect(findings[0].finding.measurements == [Samples.measurement(100), Samples.measurement(150, streams: 2)])
    #expect(findings[1].finding.figures == [figure])
    let report = try place.workspace.report(1)
    #expect(report.content == Samples.report && report.summary.rowCount == 3)
  }

  @Test func `what was found out so far stays where a run is interrupted`() throws {
    let place = TemporaryWorkspace()
    let run = try place.workspace.begin(Samples.start("explore m"))
    try place.workspace.add(
      [Finding(Samples.subject(Samples.parent), measurements: [Samples.measurement(7)])], toRun: run)
    try place.workspace.finish(run: run, .cancelled)
    #expect(try place.workspace.runs().map(\.status) == [.cancelled])
    #expect(try place.workspace.projects().map { $0.throughput?.value } == [7])
  }

  @Test func `a run whose process is gone was killed`() throws {
    let place = TemporaryWorkspace()
    let run = try place.workspace.begin(Samples.start("benchmark m"))
    let process = Process()
    process.executableURL = URL(filePath: "/bin/true")
    try process.run()
    process.waitUntilExit()
    try DatabaseQueue(path: place.path).write { database in
      let own = try #require(try String.fetchOne(database, sql: "SELECT process FROM run"))
      let parts = own.split(separator: " ")
      #expect(parts[1] == "\(getpid())")
      let other = "\(parts[0]) \(process.processIdentifier) \(parts[2])"
      try database.execute(sql: "UPDATE run SET process = ?", arguments: [other])
    }
    #expect(try place.workspace.run(run).status == .killed)
    // Of another machine's process nothing is known.
    try DatabaseQueue(path: place.path).write { database in
      try database.execute(sql: "UPDATE run SET process = 'other-boot 1 1'")
    }
    #expect(try place.workspace.run(run).status == .running)
  }

  @Test func `numbers that there are not are told`() throws {
    let place = TemporaryWorkspace()
    for body in [{ _ = try place.workspace.run(5) }, { _ = try place.workspace.report(5) }] {
      let error = #expect(throws: WorkspaceError.self) { try body() }
      #expect(error?.code == .unknown)
    }
  }
}

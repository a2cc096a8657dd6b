import CommandLanguage
import Commands
import Documents
import Foundation
import Reports
import Synchronization
import Testing
import Workspaces

@Suite struct WorkspaceCommandsTests {
  /// What a program showed.
  private final class Shown: CommandOutput {
    let reports = Mutex<[any Report]>([])
    func write(_ text: String, to stream: OutputStreamName) {}
    func show(_ report: any Report, isResult: Bool) { reports.withLock { $0.append(report) } }
    func showProgress(_ bar: ProgressBar, work: Int) {}
    func page(_ report: any Report) {}
    func clear(wait: Bool) {}
    var last: (any Report)? { reports.withLock { $0.last } }
  }

  private static let beginning = """
    m = load example: classifier
    photos = dataset example: classifier subset: 24
    calibration = dataset example: classifier part: calibration subset: 20
    q = calibrate m using: calibration

    """

  private let folder = FileManager.default.temporaryDirectory.appending(path: "commands-\(UUID().uuidString)").path

  private func run(_ text: String, isCancelled: @escaping @Sendable () -> Bool = { false }) throws -> (
    ending: ProgramRunner.Ending, last: (any Report)?
  ) {
    let output = Shown()
    // Another session and another workspace of the same file, as in another kernel.
    let session = Session(folder: folder, workspace: Workspace(path: folder + "/workspace.sqlite"))
    let ending = ProgramRunner(session: session).run(SourceText(text), output: output, isCancelled: isCancelled)
    return (ending, output.last)
  }

  private func rows(_ report: (any Report)?) throws -> [DataValue] {
    guard case .array(let rows)? = report?.data["rows"] else { return [] }
    return rows
  }

  @Test func `projects are a tree with the best throughput, the accuracy and the status`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let accuracy = try run(Self.beginning + "benchmark m q seconds: 0.02\nreport accuracy q on: photos")
    #expect(accuracy.ending == .finished)
    let projects = try rows(run("projects").last)
    #expect(projects.map { $0["model"] } == ["classifier", "↳ classifier_int8"])
    #expect(projects.map { $0["dataset"] } == ["validation", "validation"])
    #expect(projects[1]["accuracy"] == accuracy.last?.data["summary"]?["top1"])
    #expect(projects[0]["accuracy"] == accuracy.last?.data["summary"]?["parentTop1"])
    #expect(projects.map { $0["status"] } == ["ready", "ready"])
    for project in projects {
      guard case .number(let throughput)? = project["throughput"] else {
        Issue.record("no throughput")
        continue
      }
      #expect(throughput > 0)
    }
    let chosen = try rows(run("projects where: precision = \"INT8\" and accuracy > 1% sort: throughput").last)
    #expect(chosen.map { $0["model"] } == ["classifier_int8"])
    let runs = try rows(run("runs").last)
    #expect(runs.map { $0["command"] } == ["report accuracy", "benchmark", "calibrate"])
  }

  @Test func `a report that is shown again is the same, in another session`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for statement in ["report predictions q on: photos", "report distance q on: photos", "compare m q seconds: 0.05"] {
      let shown = try run(Self.beginning + statement)
      #expect(shown.ending == .finished)
      let newest = try rows(run("reports top: 1").last)
      guard case .integer(let number)? = newest.first?["report"] else {
        Issue.record("no report is kept of \(statement)")
        return
      }
      let again = try run("r = recall \(number)\nr").last
      #expect(again?.plainText == shown.last?.plainText)
      #expect(again?.data == shown.last?.data)
      #expect(again?.document.tables.count == shown.last?.document.tables.count)
      #expect(again?.charts == shown.last?.charts)
    }
    let missing = try run("recall 99")
    guard case .failed(let diagnostics) = missing.ending else {
      Issue.record("a report that there is not was shown")
      return
    }
    #expect(diagnostics.first?.message == "the workspace has no report 99")
  }

  @Test func `two runs are compared over time`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let text = "m = load example: classifier\nbenchmark m seconds: 0.05 streams: [1, 2]"
    for _ in 0..<2 { #expect(try run(text).ending == .finished) }
    let comparison = try rows(run("compare runs 1 2").last)
    #expect(
      comparison.map { $0["quantity"] } == [
        "throughput, 1 stream, batch 1", "median latency, 1 stream, batch 1", "throughput, 2 streams, batch 1",
        "median latency, 2 streams, batch 1",
      ])
    #expect(comparison.allSatisfy { $0["model"] == "classifier" })
    guard case .failed? = try? run("compare runs 1 99").ending else {
      Issue.record("a run that there is not was compared")
      return
    }
  }

  @Test func `exploring keeps what it has measured when it is interrupted`() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let whole = try run(
      "m = load example: classifier\nexplore m streams: 1..2 batch: [1, 2] seconds: 0.02 latency: 10s")
    #expect(whole.ending == .finished)
    #expect(try rows(whole.last).count == 4)
    #expect(whole.last?.data["tried"] == 4 && whole.last?.data["best"] != .null)
    #expect(try rows(run("runs").last).map { $0["status"] } == ["ready"])
    let begin = ContinuousClock().now
    let cut = try run("m = load example: classifier\nexplore m streams: 1 batch: 1..64 seconds: 0.02") {
      ContinuousClock().now - begin > .milliseconds(600)
    }
    guard case .interrupted = cut.ending else {
      Issue.record("exploring was not interrupted")
      return
    }
    #expect(try rows(run("runs").last).map { $0["status"] } == ["cancelled", "ready"])
    let workspace = Workspace(path: folder + "/workspace.sqlite")
    #expect(try workspace.findings(ofRun: 2).first?.finding.measurements.isEmpty == false)
    let none = try run(
      "m = load example: classifier\nexplore m streams: 1 batch: 1 seconds: 0.02 latency: 0.0001ms search: auto")
    #expect(none.last?.data["best"] == .null)
  }

  @Test func `a failure is kept with its reason, and a workspace that cannot be used keeps nothing from running`()
    throws
  {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let failed = try run(
      "photos = dataset example: classifier part: calibration\nm = load example: classifier\nreport accuracy m on: photos"
    )
    guard case .failed(let diagnostics) = failed.ending else {
      Issue.record("accuracy was measured without annotations")
      return
    }
    let runs = try rows(run("runs").last)
    #expect(runs.map { $0["status"] } == ["error"])
    guard case .string(let statement)? = runs.first?["statement"] else { return }
    #expect(statement.contains(try #require(diagnostics.first?.message)))
    let session = Session(workspace: Workspace(path: "/proc/nowhere/workspace.sqlite"))
    let ending = ProgramRunner(session: session).run(
      SourceText("m = load example: classifier\nbenchmark m seconds: 0.01"), output: Shown())
    #expect(ending == .finished)
  }
}

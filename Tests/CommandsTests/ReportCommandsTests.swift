import CommandLanguage
import Commands
import Documents
import Foundation
import Reports
import Synchronization
import Testing

@Suite("Report commands")
struct ReportCommandsTests {
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
    parent = load example: classifier
    calibration = dataset example: classifier part: calibration
    photos = dataset example: classifier part: validation subset: 24
    int8 = calibrate parent using: calibration subset: 24

    """

  /// The last report that a program shows, run on the example.
  private func report(_ text: String, folder: String? = nil) throws -> any Report {
    let shown = Shown()
    let ending = ProgramRunner(session: Session(folder: folder)).run(
      SourceText(Self.beginning + text), output: shown)
    #expect(ending == .finished)
    return try #require(shown.last)
  }

  private func failure(_ text: String) -> Diagnostic? {
    let ending = ProgramRunner(session: Session()).run(SourceText(Self.beginning + text), output: Shown())
    if case .failed(let diagnostics) = ending { return diagnostics.first }
    return nil
  }

  @Test func allDeclarationsAreSoundAndTheirExamplesBind() {
    #expect(CommandCatalog.vocabulary.problems == [])
  }

  @Test(arguments: [
    "rank", "\"Rank of Class Predicted by Parent Model in Optimized Model Predictions\"",
    "\"rank of class defined in parent model predictions\"",
  ])
  func theRankIsKnownByItsNames(name: String) throws {
    let all = try report("report predictions int8 on: photos where: \(name) >= 0 sort: \(name)")
    #expect(all.document.tables.last?.rows.count == 24)
    #expect(all.document.tables.last?.sort == [.ascending("rank")])
  }

  @Test func severalColumnsSortOneAfterTheOther() throws {
    let sorted = try report(
      "report accuracy int8 on: photos sort: [annotated_class, confidence] order: [descending, ascending]")
    let rows = try #require(sorted.document.tables.last?.rows)
    let keys = rows.map { row -> (Int, Double) in
      guard case .category(let id, _) = row.cells[2], case .number(let confidence) = row.cells[4] else { return (0, 0) }
      return (id, confidence)
    }
    #expect(keys.count == 24)
    #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.0 > $1.0 || ($0.0 == $1.0 && $0.1 <= $1.1) })
  }

  @Test func typesSayWhatIsMissing() throws {
    let types = try report("report types parent on: photos")
    let available = types.document.tables.first?.rows.map { $0.cells[1] }
    #expect(available == [.boolean(true), .boolean(false), .boolean(false)])
    #expect(types.data.json.contains("calibrate parent using: …"))
  }

  @Test func reportsWithoutAParentAreRefused() {
    for command in ["report predictions parent on: photos", "report distance parent on: photos"] {
      #expect(failure(command)?.code.rawValue == "no-parent", "\(command)")
    }
  }

  @Test(arguments: ["html", "csv", "json", "png", "svg"]) func exports(fileExtension: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("octet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try report(
      "r = report predictions int8 on: photos\nexport r to: \"r.\(fileExtension.uppercased())\"", folder: folder.path)
    let data = try Data(contentsOf: folder.appendingPathComponent("r.\(fileExtension.uppercased())"))
    let start = ["html": "<!DOCTYPE", "csv": "image,class", "json": "{\"report\"", "png": "\u{89}PNG", "svg": "<svg"]
    let expected = try #require(start[fileExtension])
    let prefix = expected.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    #expect(Array(data.prefix(prefix.count)) == prefix)
  }

  @Test func comparisonsAnswerToATolerance() throws {
    let comparison = try report("compare parent int8 on: photos drop: 100% seconds: 0.05")
    #expect(comparison.data["verdicts"]?.json.contains("\"acceptable\": true") == true)
    #expect(failure("compare parent int8 drop: 1% seconds: 0.05")?.code.rawValue == "missing-argument")
  }

  @Test func layersAreListedWithWhatTheyAreFusedInto() throws {
    let described = try report("describe int8 layers: true")
    let table = try #require(described.document.tables.last)
    let fused = try #require(table.columns.firstIndex { $0.id == "fused" })
    #expect(table.rows.contains { $0.cells[fused] != .missing })
    #expect(!table.columns.contains { $0.id == "time" })
    let timed = try report("describe int8 where: share >= 0% sort: time order: descending")
    let rows = try #require(timed.document.tables.last)
    let share = try #require(rows.columns.firstIndex { $0.id == "share" })
    let total = rows.rows.reduce(0.0) { sum, row in
      if case .number(let value) = row.cells[share] { sum + value } else { sum }
    }
    #expect(abs(total - 1) < 0.02)
  }
}

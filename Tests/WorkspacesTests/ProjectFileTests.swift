import FoundationEssentials
import GRDB
import Testing
import Workspaces

@Suite struct ProjectFileTests {
  private func exported(_ place: TemporaryWorkspace) throws -> String {
    let workspace = place.workspace
    let subject = Samples.subject(Samples.child, on: Samples.photos)
    let run = try workspace.begin(Samples.start("report accuracy q on: photos", [subject]))
    try workspace.finish(
      run: run, .ready,
      findings: [
        Finding(subject, measurements: [Samples.measurement(9)], figures: [FigureRecord("accuracy@top1", 0.5)])
      ],
      report: Samples.report)
    let stranger = ModelRecord(
      digest: "zz", name: "stranger", precision: "FP32", source: "/z", format: "ONNX", weightByteCount: 1)
    _ = try workspace.begin(Samples.start("benchmark z", [Samples.subject(stranger)]))
    let path = place.folder + "/net.project"
    let summary = try workspace.export(
      [subject],
      files: [.init("model/net.onnx", .bytes([1, 2, 3])), .init("dataset/a/1.jpg", .bytes([4]))],
      places: ["bb": "model/net.onnx", "cc": "dataset"], statements: ["m = load \"model/net.onnx\""], to: path)
    #expect(summary.runCount == 1 && summary.reportCount == 1 && summary.files.count == 2)
    return path
  }

  @Test func `a project goes to another workspace with all that belongs to it`() throws {
    let (home, away) = (TemporaryWorkspace(), TemporaryWorkspace())
    let path = try exported(home)
    let folder = away.folder + "/files"
    let summary = try away.workspace.importProject(from: path, into: folder)
    #expect(summary.runCount == 1 && summary.reportCount == 1)
    #expect(summary.statements == ["m = load \"model/net.onnx\""])
    #expect(FileManager.default.contents(atPath: folder + "/model/net.onnx") == Data([1, 2, 3]))
    #expect(FileManager.default.contents(atPath: folder + "/dataset/a/1.jpg") == Data([4]))
    let projects = try away.workspace.projects()
    #expect(projects.map(\.modelName) == ["net_int8"] && projects[0].throughput?.value == 9)
    #expect(projects[0].accuracy?.value == 0.5 && projects[0].parent != nil)
    #expect(try away.workspace.report(1).content == Samples.report)
    #expect(try away.workspace.runs().map(\.uuid) == [home.workspace.run(1).uuid])
    #expect(try away.workspace.integrityProblems().isEmpty)
    // Once more, nothing is new.
    let again = try away.workspace.importProject(from: path, into: folder)
    #expect(again.runCount == 0 && again.reportCount == 0)
    #expect(try away.workspace.runs().count == 1 && away.workspace.projects().count == 1)
  }

  @Test(
    arguments: [
      ("UPDATE file SET content = x'00' WHERE path = 'model/net.onnx'", WorkspaceError.Code.mismatch, "SHA-256"),
      ("UPDATE file SET path = '../net.onnx' WHERE path = 'model/net.onnx'", .mismatch, "outside its folder"),
      ("UPDATE file SET path = '/net.onnx' WHERE path = 'model/net.onnx'", .mismatch, "outside its folder"),
      ("UPDATE project_file SET format = 2", .newer, "newer version"),
      ("INSERT INTO grdb_migrations VALUES ('99 not invented yet')", .newer, "newer version"),
      ("DROP TABLE project_file", .damaged, "not an exported project"),
      (
        "DROP TABLE file; CREATE TABLE file (path, sha256, content); INSERT INTO file VALUES (NULL, 1, 2)", .damaged,
        "damaged"
      ),
    ])
  func `a file that is not as it was written is refused, and nothing is written`(
    change: String, code: WorkspaceError.Code, words: String
  ) throws {
    let (home, away) = (TemporaryWorkspace(), TemporaryWorkspace())
    let path = try exported(home)
    try DatabaseQueue(path: path).write { try $0.execute(sql: change) }
    let error = #expect(throws: WorkspaceError.self) {
      try away.workspace.importProject(from: path, into: away.folder + "/files")
    }
    #expect(error?.code == code)
    #expect(error?.message.contains(words) == true)
    #expect(!FileManager.default.fileExists(atPath: away.folder + "/files"))
    #expect(try away.workspace.runs().isEmpty)
  }

  @Test func `names of columns are never run`() throws {
    let (home, away) = (TemporaryWorkspace(), TemporaryWorkspace())
    let path = try exported(home)
    try DatabaseQueue(path: path).write { database in
      try database.execute(sql: "ALTER TABLE model ADD COLUMN \"x) VALUES (1); DROP TABLE run; --\" TEXT")
    }
    #expect(try away.workspace.importProject(from: path, into: away.folder + "/files").runCount == 1)
    #expect(try away.workspace.runs().count == 1)
  }

  @Test func `a file in the way is never replaced`() throws {
    let (home, away) = (TemporaryWorkspace(), TemporaryWorkspace())
    let path = try exported(home)
    let target = away.folder + "/files/model/net.onnx"
    try FileManager.default.createDirectory(atPath: away.folder + "/files/model", withIntermediateDirectories: true)
    try Data([9]).write(to: URL(filePath: target))
    #expect(throws: WorkspaceError.self) { try away.workspace.importProject(from: path, into: away.folder + "/files") }
    #expect(FileManager.default.contents(atPath: target) == Data([9]))
  }

  @Test func `what is no project's file, or not there, is refused`() throws {
    let place = TemporaryWorkspace()
    try FileManager.default.createDirectory(atPath: place.folder, withIntermediateDirectories: true)
    let text = place.folder + "/text"
    try Data("no database, but a text of some length".utf8).write(to: URL(filePath: text))
    for path in [text, place.folder + "/missing"] {
      #expect(throws: WorkspaceError.self) { try place.workspace.importProject(from: path, into: place.folder + "/x") }
    }
  }
}

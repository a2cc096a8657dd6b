import Examples
import Foundation
import Testing

/// Where examples are found, and what is said of those that are not whole.
@Suite struct ExampleLibraryTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "octet-examples-\(UInt64.random(in: 0...(.max)))")

  private func withCopy(_ body: (InstalledFiles) throws -> Void) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let paths = try ExampleLibrary.copy(to: folder.path, from: LoadedExample.files)
    #expect(paths == ExampleCatalog.all.map { "\(folder.path)/\($0.name)" })
    try body(InstalledFiles(executable: nil, environmentPath: folder.path))
  }

  @Test func `every folder of resources is in the catalog, and the other way round`() throws {
    let root = try #require(LoadedExample.files.environmentPath)
    #expect(try FileManager.default.contentsOfDirectory(atPath: root).sorted() == ExampleCatalog.all.map(\.name))
  }

  @Test func `copies can be used, and are not written over`() throws {
    try withCopy { files in
      let names = try ExampleLibrary.all(of: files).map(\.name)
      #expect(names == ExampleCatalog.all.map(\.name))
      #expect(throws: ExampleError.self) { try ExampleLibrary.copy(to: folder.path, from: LoadedExample.files) }
    }
  }

  @Test(arguments: ["manifest.json", "segmenter.onnx", "labels.txt", "calibration", "validation"])
  func `what is missing is named`(_ part: String) throws {
    try withCopy { files in
      try FileManager.default.removeItem(at: folder.appendingPathComponent("segmenter/\(part)"))
      let error = #expect(throws: ExampleError.self) { try ExampleLibrary.all(of: files) }
      #expect(error?.code == .damaged)
      #expect(error?.description.contains("segmenter") == true && error?.description.contains(part) == true)
      let other = try ExampleLibrary.example(named: "detector", of: files)
      #expect(other.kind == .detection)
    }
  }

  @Test func `a manifest that says nothing is damaged, and a folder that is not there is not found`() throws {
    try withCopy { files in
      let text = folder.appendingPathComponent("detector/manifest.json")
      try Data(#"{"kind": "detection", "model": {"file": "x"}}"#.utf8).write(to: text)
      let damaged = #expect(throws: ExampleError.self) { try ExampleLibrary.example(named: "detector", of: files) }
      #expect(damaged?.code == .damaged)
      try FileManager.default.removeItem(at: folder.appendingPathComponent("detector"))
      let missing = #expect(throws: ExampleError.self) { try ExampleLibrary.example(named: "detector", of: files) }
      #expect(missing?.code == .notFound)
    }
  }
}

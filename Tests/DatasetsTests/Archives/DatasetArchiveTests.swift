import Datasets
import Foundation
import Testing

/// Archives that `Fixtures/make-archives.py` writes.
@Suite struct DatasetArchiveTests {
  private func files(in folder: String) throws -> [String] {
    let all = try #require(FileManager.default.subpaths(atPath: folder))
    return try all.filter {
      let type = try FileManager.default.attributesOfItem(atPath: folder + "/" + $0)[.type]
      return type as? FileAttributeType != .typeDirectory
    }.sorted()
  }

  @Test(arguments: ["good.zip", "good.tar", "good.tar.gz"])
  func `Pictures and annotations are unpacked, other files are not`(_ name: String) throws {
    let scratch = try TemporaryFolder()
    let target = scratch.path + "/unpacked/here"
    let outcome = try DatasetArchive(path: Fixture.path("Archives/\(name)")).unpack(into: target)
    #expect(try files(in: target) == ["photos/a.png", "photos/sub/b.png", "photos/val.txt"])
    #expect(outcome.problems.isEmpty && outcome.fileCount == 3)
    let picture = try Fixture.bytes("Pictures/filtered.png")
    #expect(try Data(contentsOf: URL(fileURLWithPath: target + "/photos/sub/b.png")) == Data(picture))
    let dataset = try Dataset(openingFolder: target + "/photos", name: "photos.zip")
    #expect(dataset.name == "photos.zip" && dataset.samples.map(\.classIndex) == [3, 1])
  }

  @Test func `Paths that lead out, links, pipes and doubles are refused one by one`() throws {
    let scratch = try TemporaryFolder()
    let target = scratch.path + "/unpacked"
    let outcome = try DatasetArchive(path: Fixture.path("Archives/hostile.tar")).unpack(into: target)
    #expect(try files(in: scratch.path) == ["unpacked/a.png", "unpacked/folder/through.png"])
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: target + "/a.png")) == Data(Fixture.bytes("Pictures/filtered.png")))
    let reasons = outcome.problems.map { problem in
      (problem.path.split(separator: "/", maxSplits: 1).last.map(String.init) ?? "", problem.reason)
    }
    #expect(
      reasons.map { "\($0.0.prefix(20)): \($0.1)" } == [
        "../out.png: is no path inside of the folder", "/absolute.png: is no path inside of the folder",
        "sub/../../out.png: is no path inside of the folder", "link.png: is a link, and links are not unpacked",
        "folder: is a link, and links are not unpacked", "hard.png: is a link, and links are not unpacked",
        "pipe.png: is neither a file nor a folder", "a.png: is there twice",
        "back\\slash.png: is no path inside of the folder", "xxxxxxxxxxxxxxxxxxxx: is no path inside of the folder",
      ])
  }

  @Test(arguments: [
    ("bomb.zip", "unpacks to more than"), ("damaged.zip", "cannot be read"), ("none.tar.gz", "cannot be read"),
  ])
  func `Bombs and what is damaged leave nothing behind`(_ name: String, _ words: String) throws {
    let scratch = try TemporaryFolder()
    let error = #expect(throws: DatasetError.self) {
      try DatasetArchive(path: Fixture.path("Archives/\(name)")).unpack(into: scratch.path + "/unpacked")
    }
    #expect(error?.code == .invalidArchive && error?.message.contains(words) == true, "\(String(describing: error))")
    #expect(try files(in: scratch.path).isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
  }

  @Test func `Limits on files and bytes hold, and an interrupt leaves nothing`() throws {
    let scratch = try TemporaryFolder()
    let archive = DatasetArchive(path: Fixture.path("Archives/good.tar"))
    for limits in [DatasetArchive.Limits(fileCount: 2), .init(byteCount: 100)] {
      #expect(throws: DatasetError.self) { try archive.unpack(into: scratch.path + "/unpacked", limits: limits) }
    }
    #expect(throws: CancellationError.self) {
      try archive.unpack(into: scratch.path + "/unpacked", isCancelled: { true })
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).isEmpty)
  }
}

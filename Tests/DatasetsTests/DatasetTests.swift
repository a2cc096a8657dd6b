import Datasets
import Foundation
import Testing

@Suite struct DatasetTests {
  private func failure(_ path: String, format: String? = nil) -> DatasetError? {
    #expect(throws: DatasetError.self) { try Dataset(openingFolder: path, format: format) }
  }

  @Test func `A tree of pictures is a dataset, ordered by path bytewise`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(
      as: "b.png", "a/z.png", "a/b/c.PNG", "a-b.png", "Z.png", "ä.png", ".hidden.png", "__MACOSX/x.png")
    try folder.write("notes", to: "readme.md")
    let dataset = try Dataset(openingFolder: folder.path + "/")
    #expect(dataset.samples.map(\.path) == ["Z.png", "a-b.png", "a/b/c.PNG", "a/z.png", "b.png", "ä.png"])
    #expect(dataset.format == "not_annotated")
    #expect(dataset.name == folder.path.split(separator: "/").last.map(String.init))
    #expect(dataset.problems.isEmpty)
    #expect(!dataset.isAnnotated)
    #expect(try dataset.load(dataset.samples[3]).size == ImageSize(width: 45, height: 30))
  }

  @Test func `Linked folders are followed once`() throws {
    let folder = try TemporaryFolder()
    let other = try TemporaryFolder()
    try folder.addPicture(as: "a.png")
    try other.addPicture(as: "b.png")
    let files = FileManager.default
    try files.createSymbolicLink(atPath: folder.path + "/other", withDestinationPath: other.path)
    try files.createSymbolicLink(atPath: folder.path + "/circle", withDestinationPath: folder.path)
    #expect(try Dataset(openingFolder: folder.path).samples.map(\.path) == ["a.png", "other/b.png"])
  }

  @Test func `What is no folder of pictures is refused`() throws {
    let folder = try TemporaryFolder()
    #expect(failure(folder.path)?.message == "the folder holds no picture")
    #expect(failure(folder.path + "/missing")?.message == "there is no such folder")
    try folder.addPicture(as: "a.png")
    #expect(failure(folder.path + "/a.png")?.message == "is a file, not a folder of pictures")
    let names = DatasetCatalog.all.map { $0.name }
    #expect(
      failure(folder.path, format: "voc2")?.description
        == "there is no dataset format “voc2”; the formats are \(names.joined(separator: ", "))")
    for name in names where name != NotAnnotatedDataset.name {
      #expect(failure(folder.path, format: name)?.code == .unsupportedFormat, "\(name)")
    }
  }

  @Test(arguments: ["", "\0", "a\0b", String(repeating: "x/", count: 5000), "\u{202E}", "//", "/dev/null", "~"])
  func `Whatever is given for a path, nothing traps`(path: String) {
    #expect(throws: (any Error).self) { try Dataset(openingFolder: path, isCancelled: { path == "//" }) }
    #expect(throws: DatasetError.self) { try Image(contentsOfFile: path) }
    #expect(throws: DatasetError.self) { try Labels(contentsOfFile: path) }
  }

  @Test func `A file name that is no UTF-8 does not hide the others`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "a.png")
    let name = Array((folder.path + "/").utf8) + [0xFF, 0xFE] + Array(".png".utf8) + [0]
    let descriptor = unsafe name.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer {
      unsafe $0.baseAddress.map { unsafe creat($0, 0o644) } ?? -1
    }
    #expect(descriptor >= 0)
    close(descriptor)
    #expect(try Dataset(openingFolder: folder.path).samples.contains(Sample(path: "a.png")))
  }

  @Test func `A folder without one readable picture is refused`() throws {
    let folder = try TemporaryFolder()
    try folder.write("GIF89a", to: "a.gif")
    try folder.write("no picture", to: "b.png")
    let error = failure(folder.path)
    #expect(error?.code == .noImages)
    #expect(
      error?.message
        == "none of the 2 pictures can be read; the first, \(folder.path)/a.gif: GIF pictures are not read")
    try folder.addPicture(as: "c.png")
    #expect(try Dataset(openingFolder: folder.path).samples.count == 3)
  }

  @Test func `A sample is found by its path or by its name where that is unique`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "bird.png", "a/bird.png", "a/cat.png", "b/dog.png", "c/dog.png")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(try dataset.sample(named: "bird.png").path == "bird.png")
    #expect(try dataset.sample(named: "cat.png").path == "a/cat.png")
    #expect(try dataset.sample(named: "c/dog.png").path == "c/dog.png")
    #expect(throws: DatasetError.self) { try dataset.sample(named: "fish.png") }
    let error = #expect(throws: DatasetError.self) { try dataset.sample(named: "dog.png") }
    #expect(error?.remedy == "give the folder too, as “b/dog.png”")
  }

  @Test func `Opening can be cancelled`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "a.png")
    #expect(throws: CancellationError.self) { try Dataset(openingFolder: folder.path, isCancelled: { true }) }
  }

  @Test func `A list of labels in the folder is read`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "a.png")
    try folder.write("cat\ndog\n", to: "labels.txt")
    #expect(try Dataset(openingFolder: folder.path).labels?.classes.map(\.name) == ["cat", "dog"])
    try folder.write("cat\n\ndog\n", to: "labels.txt")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.labels == nil)
    #expect(dataset.problems.map(\.path) == ["labels.txt"])
  }

  @Test(arguments: [("Formats", "DatasetCatalog.swift"), ("Images/Decoders", "Images/ImageDecoderCatalog.swift")])
  func `Each file of a catalogued folder has a line in the catalog`(folder: String, catalog: String) throws {
    let module = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Datasets").standardizedFileURL.path
    let lines = try String(contentsOfFile: module + "/" + catalog, encoding: .utf8).split(separator: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }
    let files = try FileManager.default.contentsOfDirectory(atPath: module + "/" + folder)
    #expect(!files.isEmpty)
    for file in files { #expect(lines.contains("\(file.dropLast(6)).self,"), "\(file)") }
  }
}

import Datasets
import Testing

@Suite struct ImageNetDatasetTests {
  @Test func `Pictures get the labels of val.txt`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "b.png", "a.png", "sub/a.png", "two words.png")
    try folder.write("\u{FEFF}b.png 3\r\n\r\n./a.png\t0\r\nsub/a.png   7  \r\ntwo words.png 999", to: "val.txt")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.format == "imagenet")
    #expect(dataset.problems.isEmpty)
    #expect(dataset.samples.map(\.path) == ["a.png", "b.png", "sub/a.png", "two words.png"])
    #expect(dataset.samples.map(\.classIndex) == [0, 3, 7, 999])
    #expect(dataset.isAnnotated)
    #expect(dataset.annotationsOutOfRange(classCount: 1000).isEmpty)
    #expect(
      dataset.annotationsOutOfRange(classCount: 999).map(\.description)
        == ["two words.png: the class index 999 is out of range; there are 999 classes"])
  }

  @Test func `Pixels are as stored, as published accuracies were measured, unless upright ones are wanted`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture("orientation-6.jpg", as: "a.jpg")
    let loose = try Dataset(openingFolder: folder.path)
    try folder.write("a.jpg 3", to: "val.txt")
    let annotated = try Dataset(openingFolder: folder.path)
    let upright = try Dataset(openingFolder: folder.path, orientation: .upright)
    let sizes = try [loose, annotated, upright].map { try $0.load($0.samples[0]).size }
    #expect(sizes == [ImageSize(width: 16, height: 24), ImageSize(width: 24, height: 16), sizes[0]])
  }

  @Test func `Bad lines are named with their numbers and the rest is read`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "a.png", "b.png", "c.png")
    try folder.write(
      "a.png 1\nb.png\nb.png -1\nb.png 1.5\nmissing.png 2\n../a.png 3\n/etc/hosts 4\na.png 1\na.png 2\nb.png 99999999999999999999\nb.png 5\n",
      to: "val.txt")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.samples.map(\.path) == ["a.png", "b.png"])
    #expect(
      dataset.problems.map(\.description) == [
        "val.txt:2: is not of the form “file label” with a class index from 0 on",
        "val.txt:3: is not of the form “file label” with a class index from 0 on",
        "val.txt:4: is not of the form “file label” with a class index from 0 on",
        "val.txt:5: names “missing.png”, which is not in the folder",
        "val.txt:6: names a file outside of the folder",
        "val.txt:7: names a file outside of the folder",
        "val.txt:9: gives “a.png” the label 2, but it has the label 1 already",
        "val.txt:10: is not of the form “file label” with a class index from 0 on",
        "c.png: has no label in val.txt and is left out",
      ])
  }

  @Test func `A text of another name is found, other texts are not taken for annotations`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "a.png")
    try folder.write("version 2\n", to: "about.txt")
    #expect(try Dataset(openingFolder: folder.path).format == "not_annotated")
    try folder.write("a.png 4\n", to: "test.txt")
    #expect(try Dataset(openingFolder: folder.path).samples == [Sample(path: "a.png", annotation: .classIndex(4))])
    #expect(try Dataset(openingFolder: folder.path, format: "not_annotated").samples == [Sample(path: "a.png")])
  }

  @Test func `A list of missing files is refused`() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.png 4\nb.png 5\n", to: "val.txt")
    let error = #expect(throws: DatasetError.self) { try Dataset(openingFolder: folder.path) }
    #expect(
      error?.message
        == "no line of val.txt names a picture that is in the folder (val.txt:1: names “a.png”, which is not in the folder)"
    )
  }
}

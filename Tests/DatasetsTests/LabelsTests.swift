import Datasets
import Testing

@Suite struct LabelsTests {
  private func labels(_ text: String) throws -> Labels {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "labels.txt")
    return try Labels(contentsOfFile: folder.path + "/labels.txt")
  }

  private func failure(_ text: String) -> DatasetError? {
    #expect(throws: DatasetError.self) { try labels(text) }
  }

  @Test func `Names, synsets and line ends of all kinds are read`() throws {
    let labels = try labels(
      "\u{FEFF}background\r\nn01440764 tench, Tinca tinca\r\n  n1 x \nn02084071\nʻalae ʻula\n\n \n")
    #expect(labels.classes.map(\.name) == ["background", "tench", "n1 x", "n02084071", "ʻalae ʻula"])
    #expect(labels.classes.map(\.synset) == [nil, "n01440764", nil, "n02084071", nil])
    #expect(labels.classes[1].fullName == "tench, Tinca tinca")
    #expect(labels.count == 5)
    #expect(labels[1] == "tench")
    #expect(labels[5] == nil)
    #expect(labels[-1] == nil)
  }

  @Test func `A file that is no list of labels is refused`() throws {
    #expect(failure("")?.code == .emptyFile)
    #expect(failure("\n \n")?.message == "the file names no class")
    #expect(
      failure("a\n\nb\n")?.message == "line 2 is empty, so the lines below it would belong to wrong classes")
    #expect(failure("a\nb\0c\n")?.message == "line 2 is not text in UTF-8")
    let missing = #expect(throws: DatasetError.self) { try Labels(contentsOfFile: "/missing/labels.txt") }
    #expect(missing?.description == "/missing/labels.txt: there is no such file; check the path")
  }

  @Test(arguments: [
    (
      3,
      "there are 2 labels, but the model has 3 classes; if the model's class 0 is the background, put a line “background” first"
    ),
    (
      1,
      "there are 2 labels, but the model has 1 class; if the first label is the background, which the model does not have, remove its line"
    ),
    (10, "there are 2 labels, but the model has 10 classes; give a file with one line for each class"),
  ])
  func `Another number of labels than classes is refused`(classCount: Int, text: String) throws {
    let labels = try labels("a\nb")
    try labels.check(classCount: 2)
    let error = #expect(throws: DatasetError.self) { try labels.check(classCount: classCount) }
    #expect(error?.description == text)
  }
}

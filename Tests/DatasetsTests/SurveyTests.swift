import Datasets
import Testing

@Suite struct SurveyTests {
  @Test func `Everything that is wrong is found, not the first thing alone`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "a.png", "b.png", "c.png")
    try folder.write("no picture", to: "d.png")
    try folder.write("neither", to: "e.jpg")
    try folder.write("a.png 0\nb.png 1\nc.png 2\nd.png 1\ne.jpg 0\nf.png 0\n", to: "val.txt")
    try folder.write("cat\ndog\n", to: "labels.txt")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.problems.map(\.line) == [6])
    var finished = 0
    let survey = try DatasetSurvey(dataset, progress: { finished = $0 })
    #expect(finished == 4)
    #expect(survey.problems.map(\.path) == ["c.png", "d.png", "e.jpg"])
    #expect(survey.problems[0].reason == "has the class index 2, but there are names of 2 classes")
    let picture = try dataset.load(dataset.samples[0])
    #expect(survey.smallest == picture.size && survey.largest == picture.size)
    let bytes = try Fixture.bytes("Pictures/filtered.png").count
    #expect(survey.byteCount == 3 * bytes + 10 + 7)
    #expect(throws: CancellationError.self) { try DatasetSurvey(dataset, isCancelled: { true }) }
  }

  @Test func `Boxes and landmarks beyond the picture are found`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture("one-pixel.jpg", as: "p/a.jpg")
    try folder.write("p/a.jpg\n1\n5 5 3 3 0 0 0 0 0 0\n", to: "wider_face_val_bbx_gt.txt")
    let survey = try DatasetSurvey(try Dataset(openingFolder: folder.path))
    #expect(survey.problems.map(\.description) == ["p/a.jpg: has a box outside of the picture"])
  }

  @Test func `Subsets keep folders apart and are the same for the same seed`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "x/a.png", "y/a.png", "z/a.png", "b.png")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.samples.map(\.path) == ["b.png", "x/a.png", "y/a.png", "z/a.png"])
    let parts = try (0..<8).map { try dataset.subset(.count(2), seed: $0).samples.map(\.path) }
    #expect(try dataset.subset(.count(2), seed: 3).samples.map(\.path) == parts[3])
    #expect(Set(parts).count > 1)
  }
}

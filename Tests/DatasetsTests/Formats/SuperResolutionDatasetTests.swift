import Datasets
import Testing

@Suite struct SuperResolutionDatasetTests {
  @Test func `Small pictures have the large ones of their names`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "LR/a.png", "LR/b.png", "HR/a.png", "upsampled/a.png")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.format == "common_super_resolution" && dataset.tasks.first == .superResolution)
    #expect(dataset.samples == [Sample(path: "LR/a.png", annotation: Annotation(targetPath: "HR/a.png"))])
    #expect(dataset.problems.map(\.description) == ["LR/b.png: has no target in HR and is left out"])
  }
}

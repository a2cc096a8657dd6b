import Datasets
import Testing

@Suite struct LFWDatasetTests {
  @Test func `Pairs are of the same person or of two`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(
      as: "Images/Ann_B/Ann_B_0001.png", "Images/Ann_B/Ann_B_0004.png", "Images/Carl/Carl_0002.png")
    try folder.write(
      "1\t2\nAnn_B\t1\t4\nAnn_B\t1\tCarl\t2\nCarl\t2\t3\nCarl 2\n", to: "Annotations/pairs.txt")
    try folder.write("Carl_0002.png 1 2 3 4 5 6 7 8 9 10\nCarl_0003.png 1\n", to: "Annotations/landmarks.txt")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.format == "lfw" && dataset.tasks.prefix(2) == [.landmarkDetection, .faceRecognition])
    let paths = ["Images/Ann_B/Ann_B_0001.png", "Images/Ann_B/Ann_B_0004.png", "Images/Carl/Carl_0002.png"]
    #expect(dataset.samples.map(\.path) == paths)
    #expect(dataset.samples.map { $0.annotation?.identity } == [0, 0, 1])
    #expect(dataset.samples.map { $0.annotation?.landmarks?.count } == [nil, nil, 5])
    #expect(
      dataset.pairs == [SamplePair(paths[0], paths[1], isSame: true), SamplePair(paths[0], paths[2], isSame: false)])
    #expect(
      dataset.problems.map(\.description) == [
        "Annotations/pairs.txt:4: names “Carl/Carl_0003.jpg”, which is not in the folder",
        "Annotations/pairs.txt:5: is not of the form “person 1 2” or “person 1 other 2”",
        "Annotations/landmarks.txt:2: is not a name and 10 numbers",
      ])
    let part = try dataset.subset(.count(2), seed: 1)
    #expect(part.pairs.allSatisfy { pair in part.samples.contains { $0.path == pair.second } })
  }
}

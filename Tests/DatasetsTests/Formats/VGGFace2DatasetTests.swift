import Datasets
import Testing

@Suite struct VGGFace2DatasetTests {
  @Test func `Faces have a box and five points`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture(as: "test/n000001/0001_01.png", "test/n000001/0002_01.png")
    try folder.write(
      "NAME_ID,P1X,P1Y,P2X,P2Y,P3X,P3Y,P4X,P4Y,P5X,P5Y\n\"n000001/0001_01\",1,2,3,4,5,6,7,8,9,10\n"
        + "\"n000001/0002_01\",1,2,3,4,5,6,7,8,9,x\n\"n000009/0001_01\",1,2,3,4,5,6,7,8,9,10\n",
      to: "bb_landmark/loose_landmark_test.csv")
    try folder.write(
      "NAME_ID,X,Y,W,H\n\"n000001/0001_01\",161,140,224,324\n\"n000001/0001_01\",161,140,0,324\n",
      to: "bb_landmark/loose_bb_test.csv")
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.format == "vgg_face2" && dataset.samples.map(\.fileName) == ["0001_01.png"])
    let annotation = try #require(dataset.samples[0].annotation)
    #expect(annotation.landmarks == [1, 3, 5, 7, 9].map { ImagePoint(x: $0, y: $0 + 1) })
    #expect(
      annotation.objects == [
        AnnotatedObject(classIndex: 0, box: BoundingBox(left: 161, top: 140, right: 385, bottom: 464))
      ])
    #expect(
      dataset.problems.map(\.description) == [
        "bb_landmark/loose_landmark_test.csv:3: is not a name and 10 numbers",
        "bb_landmark/loose_landmark_test.csv:4: names “n000009/0001_01”, which is not in the folder",
        "bb_landmark/loose_bb_test.csv:3: has a box without area",
      ])
    #expect(dataset.tasks.prefix(2) == [.objectDetection, .landmarkDetection])
  }
}

#:project ../src/FcnSharp.Core/FcnSharp.Core.csproj
#:property PublishAot=false

// Turns trained street-scene weights (float32, no metadata) into the model file that FcnSharp.StreetScenes embeds:
// half precision, with a card. Run: dotnet run eng/describe-street-scenes.cs -- WEIGHTS.safetensors OUTPUT.safetensors

using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tensors;

if (args is not [var weights, var output])
{
    Console.Error.WriteLine("usage: dotnet run eng/describe-street-scenes.cs -- WEIGHTS.safetensors OUTPUT.safetensors");
    return 2;
}

var card = new ModelCard
{
    Name = "Street scenes FCN-8s",
    Classes = ClassList.CamVid,
    Normalization = Normalization.ImageNet,
    WorkingSize = 480,
    License = "CC-BY-NC-4.0: trained on CamVid and LabelMeFacade, which are for non-commercial and research use; see LICENSE-WEIGHTS.txt.",
    Training = "From scratch on two cores: " +
        "80 minutes on CamVid train (367 pictures), then 20 minutes on CamVid train and LabelMeFacade (455 pictures). " +
        "AdamW, random scale, crop 256, flip, colour jitter, inverse-log class weights.",
    Scores = "CamVid val: mean IoU 0.557, pixel accuracy 0.880. CamVid test: mean IoU 0.473, pixel accuracy 0.845. " +
        "Unseen towns (LabelMeFacade): pixel accuracy 0.855.",
};

FcnNetwork.Load(weights).WithCard(card).Save(output, WeightPrecision.Float16);
Console.WriteLine($"{output}: {new FileInfo(output).Length} bytes");
return 0;

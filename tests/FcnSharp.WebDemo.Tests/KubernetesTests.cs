using System.Net;
using k8s;
using k8s.Models;
using WebDemo;
using YamlDotNet.Core;

namespace FcnSharp.WebDemoTests;

/// <summary>The Kubernetes manifests can be read by its client, and are consistent with each other, the image and the service.</summary>
public class KubernetesTests
{
    /// <summary>The memory of an idle pod, in bytes; see docs/reference/web-service.md, "Memory and threads".</summary>
    private const long MemoryOfTheProgram = 110 << 20;

    /// <summary>The memory of a picture during decoding and response, in bytes.</summary>
    private const long BytesForEachPixel = 14;

    private static readonly List<object> Manifests =
        [.. DeploymentFiles.Manifests.SelectMany(file => Load(File.ReadAllText(file)))];

    private static V1PodTemplateSpec Pod => One<V1Deployment>().Spec.Template;

    private static V1Container Container => Assert.Single(Pod.Spec.Containers);

    private static V1Probe[] Probes => [Container.StartupProbe, Container.ReadinessProbe, Container.LivenessProbe];

    [Fact]
    public void Manifests_OfTheDemo_AreOnePerFile() => Assert.Equal(
        ["HorizontalPodAutoscaler", "Deployment", "PodDisruptionBudget", "NetworkPolicy", "Service"],
        Manifests.Cast<IKubernetesObject>().Select(one => one.Kind));

    [Theory]
    [InlineData("readinessProbe:", "readynessProbe:")]
    [InlineData("containerPort:", "port:")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: probably")]
    [InlineData("maxSurge: 1", "maxSurge: 1, maxSurge: 2")]
    [InlineData("  selector:", "  selectors:")]
    public void Load_OfAFieldThatKubernetesDoesNotKnow_IsRefused(string old, string @new)
    {
        var text = DeploymentFiles.Read("kubernetes/deployment.yaml");
        Assert.Contains(old, text, StringComparison.Ordinal);

        Assert.ThrowsAny<YamlException>(() => Load(text.Replace(old, @new, StringComparison.Ordinal)));
    }

    [Fact]
    public void Selectors_OfAllManifests_FindThePods()
    {
        var labels = Pod.Metadata.Labels;

        Assert.Equal(labels, One<V1Deployment>().Spec.Selector.MatchLabels);
        Assert.Equal(labels, One<V1Service>().Spec.Selector);
        Assert.Equal(labels, One<V1PodDisruptionBudget>().Spec.Selector.MatchLabels);
        Assert.Equal(labels, One<V1NetworkPolicy>().Spec.PodSelector.MatchLabels);
        Assert.Equal(labels, Assert.Single(Pod.Spec.TopologySpreadConstraints).LabelSelector.MatchLabels);
    }

    [Fact]
    public void Autoscaler_ScalesTheDeployment_WhichAsksForNoNumber()
    {
        var (deployment, scaler) = (One<V1Deployment>(), One<V2HorizontalPodAutoscaler>().Spec);

        Assert.Equal((deployment.ApiVersion, deployment.Kind, deployment.Metadata.Name),
            (scaler.ScaleTargetRef.ApiVersion, scaler.ScaleTargetRef.Kind, scaler.ScaleTargetRef.Name));
        Assert.Null(deployment.Spec.Replicas);
        Assert.InRange(scaler.MinReplicas!.Value, 2, scaler.MaxReplicas);
    }

    [Fact]
    public void Ports_OfAllManifests_LeadToThatOfTheImage()
    {
        var port = Assert.Single(Container.Ports);

        Assert.Equal(DeploymentFiles.Image.Port, port.ContainerPort);
        Assert.Equal(port.Name, Assert.Single(One<V1Service>().Spec.Ports).TargetPort.Value);
        Assert.Equal(port.Name, Assert.Single(Assert.Single(One<V1NetworkPolicy>().Spec.Ingress).Ports).Port.Value);
        Assert.All(Probes, probe => Assert.Equal(port.Name, probe.HttpGet.Port.Value));
    }

    [Fact]
    public async Task Probes_OfThePod_AreAnsweredByTheService()
    {
        using var client = Server.Real.CreateClient();

        foreach (var probe in Probes)
        {
            using var answer = await client.GetAsync(new Uri(probe.HttpGet.Path, UriKind.Relative));

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    /// <summary>The "restricted" profile of the Pod Security Standards, a read-only root file system, and no token.</summary>
    [Fact]
    public void Pod_OfTheDemo_HasNoRightsThatItDoesNotNeed()
    {
        Assert.True(Pod.Spec.SecurityContext.RunAsNonRoot);
        Assert.Equal("RuntimeDefault", Pod.Spec.SecurityContext.SeccompProfile.Type);
        Assert.False(Pod.Spec.AutomountServiceAccountToken);
        Assert.Null(Pod.Spec.HostNetwork);
        Assert.False(Container.SecurityContext.AllowPrivilegeEscalation);
        Assert.True(Container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.Equal(["ALL"], Container.SecurityContext.Capabilities.Drop);
        Assert.Null(Container.SecurityContext.Capabilities.Add);
        Assert.All(Pod.Spec.Volumes, volume => Assert.NotNull(volume.EmptyDir));
    }

    [Fact]
    public void NetworkPolicy_OfTheDemo_LetsPodsCallNobody()
    {
        var policy = One<V1NetworkPolicy>().Spec;

        Assert.Equal(["Ingress", "Egress"], policy.PolicyTypes);
        Assert.Empty(policy.Egress);
    }

    [Fact]
    public void Memory_OfThePod_IsEnoughForTheServicesOptions()
    {
        var options = new ServiceOptions();
        var most = MemoryOfTheProgram + (options.MaxRequests * options.MaxBodyBytes)
            + (options.MaxPicturesAtOnce * BytesForEachPixel * options.MaxPixels) + options.MaxAnswerBytes;

        Assert.InRange(most, 0, Container.Resources.Limits["memory"].ToInt64());
    }

    [Fact]
    public void Pod_ThatIsEnded_HasTimeForTheLastPictures() => Assert.True(
        Pod.Spec.TerminationGracePeriodSeconds > Container.Lifecycle.PreStop.Sleep.Seconds + new ServiceOptions().TimeoutSeconds);

    private static List<object> Load(string text) => KubernetesYaml.LoadAllFromString(text, strict: true);

    private static T One<T>() => Assert.Single(Manifests.OfType<T>());
}

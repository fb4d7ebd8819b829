using Entente.Server.Documentation;
using Entente.Server.Engagements;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Review;

/// <summary>The review stage's desk and routes.</summary>
public static class ReviewRoom
{
    public static void AddReview(this IServiceCollection rooms) =>
        rooms.AddScoped<ReviewDesk>().AddScoped<IStageDesk>(all => all.GetRequiredService<ReviewDesk>())
            .AddScoped<IPracticeEvidence, ReviewEvidence>();

    public static void MapReview(this IEndpointRouteBuilder routes)
    {
        routes.MapReviewApi();
        ReviewPage.Map(routes);
    }
}

using Entente.Storage.Mail;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Server.Mail;

/// <summary>Mails: the outbox, links in it, reminders and quiet hours.</summary>
public static class MailRoom
{
    public static void AddMail(this IServiceCollection rooms, MailOptions? options)
    {
        rooms.AddSingleton(options ?? new MailOptions()).AddSingleton<MailStore>().AddSingleton<MailCarrier>().AddSingleton<CharterLinks>();
        rooms.AddScoped<MailDesk>().AddScoped<CharterLinkDesk>();
        if (options is not null) rooms.AddHostedService<MailWorker>();
    }

    public static void MapMail(this IEndpointRouteBuilder routes)
    {
        routes.MapMailApi();
        routes.MapCharterLinks();
    }
}
